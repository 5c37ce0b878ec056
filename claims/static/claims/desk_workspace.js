// The workspace: a selection in the text opens its panel, what is sent comes back in
// parts. Without this module every link and form of the page works by itself.

import { caretOf, placeOf, rangeOf, wordsOf } from "./desk_places.js";

const TYPING = 250; // milliseconds a selection has to rest
const text = document.querySelector("#ws-text");
const status = document.querySelector("#ws-said");
let isDown = false; // a pointer that still selects
let timer = 0;
let asked = 0; // the newest question; older answers come too late
let picking = null; // the form that waits for words of the text
let chosen = ""; // the selection that was answered; told of again, it is not asked anew

const panel = () => document.querySelector("#ws-panel");

// Answers in parts

function take(html) {
  const parts = new DOMParser().parseFromString(html, "text/html").body.children;
  for (const part of [...parts]) {
    if (part.id) document.getElementById(part.id)?.replaceWith(part);
  }
  ready();
}

async function ask(url, options = {}) {
  const number = ++asked;
  panel().classList.add("is-waiting");
  try {
    const headers = { "X-Workspace": "1" };
    const answer = await fetch(url, { ...options, headers, credentials: "same-origin" });
    const html = await answer.text();
    if (number !== asked) return false;
    if (answer.redirected || ![200, 422].includes(answer.status)) {
      location.reload(); // signed out, or gone: the page itself says so
      return false;
    }
    take(html);
    return answer.ok;
  } catch {
    status.textContent = text.dataset.failed;
    panel().classList.remove("is-waiting");
    return false;
  }
}

function ready() {
  for (const one of panel().querySelectorAll("[data-focus], [data-pick]")) one.hidden = false;
  picking = null;
  show(panel().dataset.mark);
}

// What is chosen, shown in the text

function show(key) {
  for (const one of text.querySelectorAll(".is-chosen")) one.classList.remove("is-chosen");
  CSS.highlights?.delete("ws-chosen");
  const { start, end } = panel().dataset;
  if (key) {
    for (const one of text.querySelectorAll(`[data-mark="${CSS.escape(key)}"]`)) {
      one.classList.add("is-chosen");
    }
  } else if (start && CSS.highlights) {
    const range = rangeOf(text, Number(start), Number(end));
    if (range) CSS.highlights.set("ws-chosen", new Highlight(range));
  }
}

function bring(key) {
  if (key) document.getElementById(key)?.scrollIntoView({ block: "center" });
}

async function choose(address) {
  const url = new URL(address, location.href);
  const query = url.search;
  if (!(await ask(`${text.dataset.panelUrl}${query}`))) return;
  history.replaceState(null, "", `${location.pathname}${query}${url.hash}`);
  bring(panel().dataset.mark);
}

// Selecting words

function selected() {
  const selection = document.getSelection();
  if (!selection.rangeCount || selection.isCollapsed) return null;
  return placeOf(text, selection.getRangeAt(0));
}

const nameOf = (place) => `${place.start}-${place.end}`;

async function open(place) {
  if (nameOf(place) === chosen) return;
  chosen = nameOf(place);
  const query = new URLSearchParams({ start: place.start, end: place.end });
  if (text.dataset.show !== "all") query.set("show", text.dataset.show);
  if (!(await ask(`${text.dataset.panelUrl}?${query}`))) return;
  // The server cut these words at that place: both must have counted alike.
  const words = panel().querySelector("[name=words]")?.value.replaceAll("\r\n", "\n");
  if (words !== undefined && words !== place.words.trim()) {
    panel().replaceChildren(Object.assign(document.createElement("p"), {
      className: "errornote",
      textContent: text.dataset.differs,
    }));
    return;
  }
  status.textContent = `${text.dataset.said} ${place.words}`;
}

function pick(place) {
  chosen = nameOf(place);
  picking.elements.start.value = place.start;
  picking.elements.end.value = place.end;
  picking.elements.words.value = place.words;
  const shown = panel().querySelector("#ws-words");
  if (shown) shown.textContent = place.words;
  picking.classList.remove("is-picking");
  picking.querySelector("[type=submit]").focus();
  picking = null;
}

function settle() {
  clearTimeout(timer);
  if (isDown) return;
  const place = selected();
  if (!place) chosen = "";
  else if (picking) pick(place);
  else open(place);
}

document.addEventListener("selectionchange", () => {
  clearTimeout(timer);
  if (!isDown && !isWalking) timer = setTimeout(settle, TYPING);
});
document.addEventListener("pointerdown", (event) => {
  isDown = event.pointerType === "mouse" && text.contains(event.target);
});
for (const kind of ["pointerup", "pointercancel"]) {
  document.addEventListener(kind, () => {
    const was = isDown;
    isDown = false;
    if (was) setTimeout(settle);
  });
}

// From word to word with the keyboard

let isWalking = false;
let from = 0; // words of the text, by number
let to = 0;

function caret(range) {
  isWalking = true;
  const selection = document.getSelection();
  selection.removeAllRanges();
  selection.addRange(range);
  const box = range.getBoundingClientRect();
  if (box.top < 40 || box.bottom > innerHeight - 40) {
    scrollBy({ top: box.top - innerHeight / 3 });
  }
  status.textContent = range.toString();
}

function walk(event) {
  const words = wordsOf(text);
  if (!words.length) return;
  if (!isWalking) from = to = Math.max(0, caretOf(words, selected()) - 1);
  const block = words[to].block;
  const isBackward = getComputedStyle(block).direction === "rtl";
  const step = { ArrowRight: isBackward ? -1 : 1, ArrowLeft: isBackward ? 1 : -1 };
  if (event.key in step) to += step[event.key];
  else {
    const down = event.key === "ArrowDown";
    const next = down
      ? words.findIndex((word, number) => number > to && word.block !== block)
      : words.findIndex((word) => word.block === block.previousElementSibling);
    if (next >= 0) to = next;
  }
  to = Math.min(Math.max(to, 0), words.length - 1);
  if (!event.shiftKey) from = to;
  const [first, last] = [Math.min(from, to), Math.max(from, to)];
  caret(rangeOf(text, words[first].start, words[last].end));
}

text?.addEventListener("keydown", async (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.target !== text) return;
  if (event.key.startsWith("Arrow")) {
    event.preventDefault();
    walk(event);
  } else if (event.key === "Enter") {
    const place = selected();
    if (!place) return;
    event.preventDefault();
    isWalking = false;
    if (picking) pick(place);
    else {
      chosen = "";
      await open(place);
      panel().querySelector("textarea")?.focus();
    }
  } else if (event.key === "Escape") {
    isWalking = false;
    document.getSelection().removeAllRanges();
  }
});
text?.addEventListener("blur", () => (isWalking = false));
text?.addEventListener("pointerdown", () => (isWalking = false));

// Links, buttons and forms

document.addEventListener("click", (event) => {
  const target = event.target.closest?.("[data-panel], [data-focus], [data-pick], [data-fill]");
  if (!target || event.ctrlKey || event.metaKey || event.shiftKey) return;
  if (target.matches("[data-panel]")) {
    event.preventDefault();
    choose(target.href);
  } else if (target.matches("[data-focus]")) {
    document.getElementById(target.dataset.focus)?.focus();
  } else if (target.matches("[data-fill]")) {
    document.getElementById(target.dataset.fill).value = target.value;
  } else {
    picking = target.form;
    picking.classList.add("is-picking");
    document.getSelection().removeAllRanges();
    text.focus();
  }
});

document.addEventListener("input", (event) => {
  if (event.target.name !== "source") return;
  const named = event.target.form.querySelector("[name=who][value=named]");
  if (named) named.checked = true;
});

document.addEventListener("submit", async (event) => {
  if (!event.target.matches("[data-act]")) return;
  event.preventDefault();
  const button = event.submitter;
  if (button) button.disabled = true;
  const body = new FormData(event.target);
  const address = button?.getAttribute("formaction") ?? event.target.action;
  const isDone = await ask(address, { method: "POST", body });
  if (button) button.disabled = false;
  bring(panel().dataset.mark);
  if (isDone) {
    panel().focus({ preventScroll: true });
    status.textContent = panel().querySelector(".ws-said")?.textContent ?? "";
  } else panel().querySelector("[aria-invalid=true], .errornote")?.scrollIntoView({ block: "nearest" });
});

document.querySelector("#ws-show")?.addEventListener("change", (event) => {
  event.target.form.requestSubmit();
});

if (text) ready();
