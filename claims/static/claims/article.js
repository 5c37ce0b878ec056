// Filters the claims where they stand, and shows which note belongs to which passage.

const article = document.querySelector(".checked-article");
const chooser = article.querySelector(".by-status");
const statusOf = new Map();
for (const note of article.querySelectorAll("[data-status]")) {
  statusOf.set(note.dataset.claim, note.dataset.status);
}

// A passage, the symbol at its end and its note light up together.

let lit;

function light(claim) {
  if (claim === lit) return;
  for (const part of article.querySelectorAll(".lit")) part.classList.remove("lit");
  for (const part of article.querySelectorAll(`[data-claim="${claim}"]`)) {
    part.classList.add("lit");
  }
  lit = claim;
}

function lightFrom(event) {
  light(event.target.closest("[data-claim]")?.dataset.claim);
}

article.addEventListener("pointerover", lightFrom);
article.addEventListener("focusin", lightFrom);
article.addEventListener("pointerleave", () => light());
article.addEventListener("focusout", () => light());

// The links that filter become buttons, and the address follows.

function show(status) {
  for (const part of article.querySelectorAll("[data-claim]")) {
    const isDimmed = status !== "" && statusOf.get(part.dataset.claim) !== status;
    part.classList.toggle("dimmed", isDimmed);
    if (part.dataset.status) {
      part.hidden = isDimmed;
      const excerpt = part.closest(".excerpt");
      if (excerpt) excerpt.hidden = isDimmed;
    }
  }
  for (const choice of chooser.querySelectorAll("[data-filter]")) {
    const isChosen = choice.dataset.filter === status;
    press(choice, isChosen);
    if (isChosen) chooser.nextElementSibling.textContent = choice.dataset.shown;
  }
}

function press(choice, isPressed) {
  choice.setAttribute("aria-pressed", String(isPressed));
}

function choose(choice) {
  const isChosen = choice.getAttribute("aria-pressed") === "true";
  const status = isChosen ? "" : choice.dataset.filter;
  show(status);
  const address = new URL(location.href);
  address.search = status && `?${new URLSearchParams({ status })}`;
  address.hash = "";
  history.replaceState(null, "", address);
}

// Whoever follows a link to a note that is filtered away sees every claim again.
function reveal() {
  const target = document.getElementById(location.hash.slice(1));
  if (!target?.closest("[hidden]")) return;
  choose(chooser.querySelector("[data-filter='']"));
  location.replace(`#${target.id}`);
}

if (chooser) {
  for (const choice of chooser.querySelectorAll("[data-filter]")) {
    choice.setAttribute("role", "button");
    press(choice, choice.hasAttribute("aria-current"));
    choice.removeAttribute("aria-current");
    choice.addEventListener("click", (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      choose(choice);
    });
    choice.addEventListener("keydown", (event) => {
      if (event.key !== " ") return;
      event.preventDefault();
      choose(choice);
    });
  }
  // Without scripts these lead to the page with every claim.
  for (const end of article.querySelectorAll("a.mark-end[href^='?']")) end.href = end.hash;
  addEventListener("hashchange", reveal);
  reveal();
}
