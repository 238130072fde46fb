import { markIn, unmark } from './marking.js';
import { clock } from './clock.js';

/**
 * Searches what was said while the reader types. The marks that came with the page stay until the words change: the server knows synonyms.
 * Gives back { next } for the key N.
 */
export function searching(page, transcript, seek) {
  const form = transcript.querySelector('form');
  const input = form.elements.q;
  const count = transcript.querySelector('[data-count]');
  const steps = transcript.querySelector('[data-steps]');
  const lines = [...transcript.querySelectorAll('.line')];
  let query = input.value.trim();
  let hits = lines.filter((line) => line.querySelector('mark'));

  function search() {
    if (input.value.trim() === query) return;
    query = input.value.trim();
    hits = lines.filter((line) => {
      const words = line.querySelector('.say');
      if (query) return markIn(words, query);
      unmark(words);
      return false;
    });
    count.textContent = !query ? '' : hits.length ? `พบ\u00A0${hits.length}\u00A0จุด` : 'ไม่พบคำนี้ในวิดีโอ';
    steps.hidden = hits.length === 0;
    drawTicks(page, hits);
    const address = new URL(location.href);
    if (query) address.searchParams.set('q', query);
    else address.searchParams.delete('q');
    history.replaceState(null, '', address);
  }

  function step(direction) {
    if (hits.length === 0) return;
    const playing = lines.indexOf(transcript.querySelector('.line[aria-current]'));
    const ahead = direction > 0
      ? hits.find((line) => lines.indexOf(line) > playing) ?? hits[0]
      : hits.findLast((line) => lines.indexOf(line) < playing) ?? hits[hits.length - 1];
    seek(Number(ahead.dataset.start));
  }

  let typing;
  input.addEventListener('input', () => {
    clearTimeout(typing);
    typing = setTimeout(search, 150);
  });
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    clearTimeout(typing);
    search();
    step(1);
  });
  for (const link of steps.querySelectorAll('a')) {
    link.addEventListener('click', (event) => {
      event.preventDefault();
      event.stopPropagation();
      step(Number(link.dataset.step));
    });
  }
  return { next: () => step(1) };
}

function drawTicks(page, hits) {
  const timeline = page.querySelector('.timeline');
  if (!timeline) return;
  for (const tick of page.querySelectorAll('.timeline > .tick')) tick.remove();
  const template = timeline.querySelector('defs a');
  for (const hit of hits) {
    const tick = template.cloneNode(true);
    const seconds = Number(hit.dataset.start);
    tick.setAttribute('href', `?t=${seconds}`);
    tick.setAttribute('aria-label', `พบที่ ${clock(seconds)}`);
    tick.dataset.start = seconds;
    for (const rect of tick.querySelectorAll('rect')) rect.setAttribute('x', `${(seconds / Number(page.dataset.seconds)) * 100}%`);
    timeline.append(tick);
  }
}
