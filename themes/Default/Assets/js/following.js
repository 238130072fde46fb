import { clock } from './clock.js';

const patience = 5000;

/** Keeps the line that is being said marked and in sight, and the chapter's name under the player. */
export function following(page, video, transcript, cite) {
  const lines = [...transcript.querySelectorAll('.line')];
  const starts = lines.map((line) => Number(line.dataset.start));
  const list = transcript.querySelector('.lines');
  const chapters = [...page.querySelectorAll('.chapters a')];
  const blocks = page.querySelectorAll('.timeline .ch');
  const title = page.querySelector('[data-chapter]');
  const place = page.querySelector('[data-place]');
  let current = transcript.querySelector('.line[aria-current]');

  function show(seconds) {
    const line = lines[last(starts, seconds)];
    if (line !== current) {
      current?.removeAttribute('aria-current');
      line?.setAttribute('aria-current', 'true');
      current = line;
      if (line) {
        cite(line);
        reveal(line);
      }
    }
    if (place) place.textContent = clock(Math.floor(seconds));
    const chapter = last(chapters.map((link) => Number(link.dataset.start)), seconds);
    if (title && chapter >= 0) title.textContent = chapters[chapter].querySelector('.name').textContent;
    blocks.forEach((block, index) => block.classList.toggle('on', index === chapter));
  }

  // Only the list scrolls: the page must not jump under a reader who has gone on to something else. Nor the list under one who is scrolling in it.
  let scrolledAt = -patience;
  for (const kind of ['wheel', 'touchmove', 'keydown']) list.addEventListener(kind, () => (scrolledAt = performance.now()), { passive: true });

  function reveal(line) {
    if (performance.now() - scrolledAt < patience) return;
    list.scrollTop = line.offsetTop - list.clientHeight / 3;
  }

  page.addEventListener('sought', (event) => show(event.detail));
  video?.addEventListener('timeupdate', () => show(video.currentTime));
  if (current) {
    cite(current);
    reveal(current);
  }
}

/** The index of the last start at or before the second; -1 before the first. */
function last(starts, seconds) {
  let found = -1;
  // A seek to 62 may land on 61.96.
  while (found + 1 < starts.length && starts[found + 1] <= seconds + 0.1) found++;
  return found;
}
