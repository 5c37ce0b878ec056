// The admin's menus with search (select2 4.0), mended for screen readers: each part has
// the name of its field, an open menu is a named list, and how much was found is said.

const STILL_TYPING = 400; // milliseconds
const said = document.querySelector("#desk-results");
let field = "";
let timer = 0;

function nameOf(select) {
  const label = document.querySelector(`label[for="${CSS.escape(select.id)}"]`);
  if (!label) return "";
  label.id ||= `${select.id}_label`;
  return label.textContent.trim().replace(/:$/, "");
}

function nameClosed(select) {
  const name = nameOf(select);
  const menu = select.parentElement?.querySelector(".select2-container");
  if (!name || !menu) return;
  menu.querySelector(".select2-search__field")?.setAttribute("aria-label", name);
  menu.querySelector("[role=combobox]")?.setAttribute("aria-haspopup", "listbox");
  const chosen = menu.querySelector(".select2-selection__rendered");
  if (chosen?.tagName === "UL") {
    chosen.setAttribute("role", "presentation");
    menu.querySelector("[role=combobox]")?.setAttribute("aria-label", name);
  } else if (chosen) {
    chosen.removeAttribute("role");
    chosen.removeAttribute("aria-readonly");
    menu
      .querySelector("[role=combobox]")
      ?.setAttribute("aria-labelledby", `${select.id}_label ${chosen.id}`);
  }
}

function nameOpen() {
  const list = document.querySelector(".select2-results__options[role=listbox]");
  if (!list) return;
  const select = document.getElementById(list.id.replace(/^select2-(.*)-results$/, "$1"));
  field = (select && nameOf(select)) || field;
  list.setAttribute("aria-label", field);
  list.removeAttribute("aria-expanded");
  list.removeAttribute("aria-hidden");
  list.tabIndex = -1;
  const closed = document.querySelector(`[role=combobox][aria-owns="${CSS.escape(list.id)}"]`);
  closed?.setAttribute("aria-controls", list.id);
  const dropdown = list.closest(".select2-dropdown");
  dropdown.setAttribute("role", "region");
  dropdown.setAttribute("aria-label", field);
  const search = dropdown.querySelector(".select2-search__field");
  search?.setAttribute("aria-label", field);
  search?.setAttribute("role", "combobox");
  search?.setAttribute("aria-expanded", "true");
  for (const message of list.querySelectorAll("[role=alert]")) {
    message.setAttribute("role", "option");
    message.setAttribute("aria-disabled", "true");
    message.removeAttribute("aria-live");
  }
  clearTimeout(timer);
  timer = setTimeout(() => sayHowMany(list), STILL_TYPING);
}

function sayHowMany(list) {
  if (!list.isConnected || list.querySelector(".loading-results")) return;
  const found = list.querySelectorAll("[role=option]:not([aria-disabled=true])").length;
  const words = said.dataset;
  const sentence =
    found > 1 ? `${words.many} ${found}` : found ? words.one : words.none;
  if (said.textContent !== sentence) said.textContent = sentence;
}

function mend() {
  document.querySelectorAll("select.admin-autocomplete").forEach(nameClosed);
  nameOpen();
}

if (said) {
  mend();
  // Only what select2 adds: our own attributes would call us without end.
  new MutationObserver(mend).observe(document.body, { childList: true, subtree: true });
  // A menu that opens takes the place of what was said of the one before.
  globalThis.django?.jQuery?.(document).on("select2:open", () => {
    said.textContent = "";
    document.querySelector(".select2-container--open .select2-dropdown .select2-search__field")?.focus();
    mend();
  });
}
