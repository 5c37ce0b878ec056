// While the form holds unsaved changes, moves wait: they take what is saved.

const form = document.querySelector(".change-form #content-main > form");

const written = () => new URLSearchParams(new FormData(form)).toString();

function hold(isHeld) {
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

// Menus and calendars set themselves up first.
if (form?.querySelector("[name=version]")) {
  globalThis.addEventListener("load", () => setTimeout(watch));
}
