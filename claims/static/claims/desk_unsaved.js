// While the form holds unsaved words, moves wait (they take what is saved), the buttons
// that save stay in sight, and leaving the page asks first.

const form = document.querySelector(".change-form #content-main > form");
let isUnsaved = false;
let isSent = false;

const written = () => new URLSearchParams(new FormData(form)).toString();

function hold(isHeld) {
  isUnsaved = isHeld;
  form.classList.toggle("is-unsaved", isHeld);
  for (const link of document.querySelectorAll("a[data-move]")) {
    if (isHeld && link.hasAttribute("href")) {
      link.dataset.move = link.getAttribute("href");
      link.removeAttribute("href");
      link.setAttribute("role", "link");
      link.setAttribute("aria-disabled", "true");
    } else if (!isHeld && link.dataset.move) {
      link.setAttribute("href", link.dataset.move);
      link.removeAttribute("role");
      link.removeAttribute("aria-disabled");
    }
  }
  for (const hint of document.querySelectorAll("[data-unsaved]")) {
    hint.hidden = !isHeld;
  }
}

function watch() {
  // A page that came back with errors holds unsaved words from the start.
  const saved = document.querySelector(".errornote") ? null : written();
  const look = () => hold(written() !== saved);
  for (const kind of ["input", "change", "formset:added", "formset:removed"]) {
    form.addEventListener(kind, look);
  }
  // The menus with search tell jQuery alone.
  globalThis.django?.jQuery?.(form).on("change", look);
  look();
}

function guard() {
  form.addEventListener("submit", () => {
    isSent = true;
  });
  globalThis.addEventListener("pageshow", () => {
    isSent = false; // back from the page that followed
  });
  globalThis.addEventListener("beforeunload", (event) => {
    if (isUnsaved && !isSent) event.preventDefault();
  });
}

// Menus and calendars set themselves up first.
if (form?.querySelector("[name=version]")) {
  guard();
  globalThis.addEventListener("load", () => setTimeout(watch));
}
