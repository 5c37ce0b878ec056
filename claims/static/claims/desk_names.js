// The admin's menus with search have no name for screen readers while they are empty:
// give each the label of its field.

function nameMenus() {
  for (const select of document.querySelectorAll("select.admin-autocomplete")) {
    const label = document.querySelector(`label[for="${CSS.escape(select.id)}"]`);
    const menu = select.parentElement?.querySelector(".select2-container");
    if (!label || !menu) continue;
    const name = label.textContent.trim().replace(/:$/, "");
    menu.querySelector(".select2-search__field")?.setAttribute("aria-label", name);
    const rendered = menu.querySelector(".select2-selection__rendered");
    if (rendered?.tagName === "UL") {
      rendered.setAttribute("role", "presentation");
      menu.querySelector("[role=combobox]")?.setAttribute("aria-label", name);
    } else if (rendered) {
      rendered.removeAttribute("role");
      rendered.removeAttribute("aria-readonly");
      label.id ||= `${select.id}_label`;
      menu
        .querySelector("[role=combobox]")
        ?.setAttribute("aria-labelledby", `${label.id} ${rendered.id}`);
    }
  }
}

nameMenus();
new MutationObserver(nameMenus).observe(document.body, {
  childList: true,
  subtree: true,
});
