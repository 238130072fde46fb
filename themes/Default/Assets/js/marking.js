import { occurrences } from './fold.js';

/** Marks the query in the element, across the spans inside it; true when it was there. */
export function markIn(element, query) {
  unmark(element);
  const found = occurrences(element.textContent, query);
  for (const [start, end] of found.reverse()) markRange(element, start, end);
  return found.length > 0;
}

export function unmark(element) {
  for (const mark of element.querySelectorAll('mark')) mark.replaceWith(...mark.childNodes);
  element.normalize();
}

function markRange(element, start, end) {
  const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
  const texts = [];
  for (let offset = 0, node = walker.nextNode(); node; node = walker.nextNode()) {
    const from = Math.max(start - offset, 0);
    const to = Math.min(end - offset, node.length);
    if (from < to) texts.push([node, from, to]);
    offset += node.length;
  }
  for (const [node, from, to] of texts) {
    const range = document.createRange();
    range.setStart(node, from);
    range.setEnd(node, to);
    range.surroundContents(document.createElement('mark'));
  }
}
