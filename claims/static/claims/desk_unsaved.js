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
  // The autocomplete menus and pop-ups tell jQuery alone; so does the admin, of every
  // menu that it has just drawn: what the form says decides.
  const words = () => new URLSearchParams(new FormData(form)).toString();
  const asOpened = words();
  globalThis.django?.jQuery?.(form).on("change", () => {
    if (words() !== asOpened) hold();
  });
}
