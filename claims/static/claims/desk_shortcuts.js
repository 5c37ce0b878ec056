// Keys of the desk, listed under “?”. Never while somebody types; they can be switched
// off (WCAG 2.1.4), and this browser remembers it.

const OFF = "desk-shortcuts-off";
const SECOND_KEY_WITHIN = 1500; // milliseconds
const FIELDS = `input:not([type=checkbox], [type=radio], [type=button], [type=submit]),
  textarea, select, [contenteditable], [role=combobox], [role=listbox]`;
const ROWS = "[data-row], #result_list tbody th a";

const list = document.querySelector("#desk-shortcuts");
const isOn = document.querySelector("#desk-shortcuts-on");
const button = document.querySelector("[data-shortcuts]");
let first = "";
let timer = 0;

function remembered() {
  try {
    return localStorage.getItem(OFF) !== null;
  } catch {
    return false; // storage is refused: the keys stay on
  }
}

function remember() {
  try {
    if (isOn.checked) localStorage.removeItem(OFF);
    else localStorage.setItem(OFF, "1");
  } catch {
    // then the choice holds for this page
  }
}

function step(by) {
  const rows = [...document.querySelectorAll(ROWS)];
  const here = rows.indexOf(document.activeElement);
  const next = here < 0 ? (by > 0 ? 0 : rows.length - 1) : here + by;
  rows[next]?.focus();
}

function search() {
  const field = document.querySelector("#searchbar");
  const claims = document.querySelector("[data-go=c]");
  if (field) field.focus();
  else if (claims) location.assign(`${claims.href}#searchbar`);
}

const ACTS = {
  "/": search,
  "?": () => list.showModal(),
  j: () => step(1),
  k: () => step(-1),
  s: () => document.querySelector("[name=_continue], [name=_save]")?.click(),
};

function press(key) {
  const goes = first === "g";
  first = key === "g" && !goes ? "g" : "";
  clearTimeout(timer);
  timer = setTimeout(() => (first = ""), SECOND_KEY_WITHIN);
  if (first) return true;
  const attribute = goes ? "data-go" : "data-key";
  const target = document.querySelector(`[${attribute}="${CSS.escape(key)}"]`);
  if (target) target.click();
  else if (!goes && ACTS[key]) ACTS[key]();
  else return false;
  return true;
}

document.addEventListener("keydown", (event) => {
  if (!isOn.checked || list.open || event.defaultPrevented) return;
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  if (event.key.length !== 1 || event.target.closest?.(FIELDS)) return;
  if (press(event.key)) event.preventDefault();
});

isOn.checked = !remembered();
isOn.addEventListener("change", remember);
button.hidden = false;
button.addEventListener("click", () => list.showModal());
if (location.hash === "#searchbar") document.querySelector("#searchbar")?.focus();
