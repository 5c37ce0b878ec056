// While the form holds unsaved changes, moves wait: they take what is saved.

const form = document.querySelector(".change-form #content-main > form");

function hold() {
  for (const link of document.querySelectorAll("a[data-move]")) {
    link.dataset.href = link.getAttribute("href");
    link.removeAttribute("href");
    link.setAttribute("role", "link");
    link.setAttribute("aria-disabled", "true");
    delete link.dataset.move;
  }
  for (const hint of document.querySelectorAll("[data-unsaved]")) {
    hint.hidden = false;
  }
}

if (form) {
  for (const kind of ["input", "change", "formset:added", "formset:removed"]) {
    form.addEventListener(kind, hold, { once: true });
  }
  // The autocomplete menus tell jQuery alone.
  globalThis.django?.jQuery?.(form).one("change", hold);
}
