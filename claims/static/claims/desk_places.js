// Places in the text of the workspace. A place counts code points of the stored copy,
// as Python does; the browser counts UTF-16. Every text node under a block holds the
// copy's own words, and nothing else does.

const points = (string) => {
  let count = 0;
  for (const _ of string) count += 1;
  return count;
};

const blocksOf = (text) => [...text.querySelectorAll("[data-start]")];

function before(block, node, offset) {
  const range = document.createRange();
  range.setStart(block, 0);
  range.setEnd(node, offset);
  return range.toString();
}

// The part of a range that lies in a block, as a place and its words.
function within(block, range) {
  const whole = document.createRange();
  whole.selectNodeContents(block);
  if (range.compareBoundaryPoints(Range.END_TO_START, whole) >= 0) return null;
  if (range.compareBoundaryPoints(Range.START_TO_END, whole) <= 0) return null;
  const startsHere = range.compareBoundaryPoints(Range.START_TO_START, whole) > 0;
  const endsHere = range.compareBoundaryPoints(Range.END_TO_END, whole) < 0;
  const all = block.textContent;
  const head = startsHere ? before(block, range.startContainer, range.startOffset) : "";
  const tail = endsHere ? before(block, range.endContainer, range.endOffset) : all;
  const words = tail.slice(head.length);
  if (!words) return null;
  const start = Number(block.dataset.start) + points(head);
  return { start, end: start + points(words), words };
}

// The place of a selection: {start, end, words}, or null when it holds no word of the
// text. Between blocks stand line breaks, as many as the places leave room for.
export function placeOf(text, range) {
  const parts = blocksOf(text)
    .filter((block) => range.intersectsNode(block))
    .map((block) => within(block, range))
    .filter(Boolean);
  if (!parts.length || !parts.some((part) => part.words.trim())) return null;
  let words = parts[0].words;
  for (let number = 1; number < parts.length; number += 1) {
    const gap = parts[number].start - parts[number - 1].end;
    words += "\n".repeat(Math.max(0, gap)) + parts[number].words;
  }
  return { start: parts[0].start, end: parts.at(-1).end, words };
}

// The node and offset of a place, both in the browser's own counting.
function pointAt(text, place, isEnd) {
  const blocks = blocksOf(text).filter((block) =>
    isEnd ? Number(block.dataset.start) < place : Number(block.dataset.start) <= place,
  );
  const block = blocks.at(-1);
  if (!block) return null;
  let left = place - Number(block.dataset.start);
  const walker = document.createTreeWalker(block, NodeFilter.SHOW_TEXT);
  let last = null;
  while (walker.nextNode()) {
    const node = (last = walker.currentNode);
    const length = points(node.data);
    if (left < length || (isEnd && left === length)) {
      return [node, [...node.data].slice(0, left).join("").length];
    }
    left -= length;
  }
  return last && [last, last.data.length];
}

export function rangeOf(text, start, end) {
  const [first, last] = [pointAt(text, start, false), pointAt(text, end, true)];
  if (!first || !last) return null;
  const range = document.createRange();
  range.setStart(...first);
  range.setEnd(...last);
  return range;
}

const known = new WeakMap();

function wordsIn(block) {
  const held = known.get(block);
  if (held && held.string === block.textContent) return held.words;
  const string = block.textContent;
  const words = [];
  let at = Number(block.dataset.start);
  for (const part of new Intl.Segmenter(undefined, { granularity: "word" }).segment(string)) {
    const end = at + points(part.segment);
    if (part.isWordLike) words.push({ block, start: at, end });
    at = end;
  }
  known.set(block, { string, words });
  return words;
}

// Every word of the text, in any script, with its place.
export const wordsOf = (text) => blocksOf(text).flatMap(wordsIn);

// The number of the word after a place; of the first word where there is none.
export function caretOf(words, place) {
  if (!place) return 0;
  const next = words.findIndex((word) => word.start >= place.end);
  return next < 0 ? words.length : next;
}
