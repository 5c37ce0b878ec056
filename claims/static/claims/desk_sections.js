// Folded sections of a form: a link to one opens it, and one that was open when the
// page was saved is open again.

const form = document.querySelector(".change-form #content-main > form");
const KEPT = `desk-sections ${location.pathname}`;
const sections = form ? [...form.querySelectorAll("details")] : [];

const group = (details) => details.closest("[id$='-group'], [aria-labelledby]");
const name = (details) => group(details)?.id || group(details)?.getAttribute("aria-labelledby");

function openNamed() {
  const target = location.hash.length > 1 && document.getElementById(location.hash.slice(1));
  const details = target && form?.contains(target) && target.querySelector("details");
  if (details) details.open = true;
}

function keep() {
  const open = sections.filter((details) => details.open).map(name);
  sessionStorage.setItem(KEPT, JSON.stringify(open));
}

function reopen() {
  const open = JSON.parse(sessionStorage.getItem(KEPT) ?? "[]");
  for (const details of sections) {
    if (open.includes(name(details))) details.open = true;
  }
}

try {
  reopen();
  form?.addEventListener("submit", keep);
} catch {
  // storage is refused: sections open as the page comes
}
openNamed();
globalThis.addEventListener("hashchange", openNamed);
