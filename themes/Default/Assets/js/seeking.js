/** Whatever has data-start goes to its second without loading the page again. Gives back the function that does it. */
export function seeking(page, video) {
  function seek(seconds) {
    const address = new URL(location.href);
    address.searchParams.set('t', seconds);
    history.replaceState(null, '', address);
    page.dispatchEvent(new CustomEvent('sought', { detail: seconds }));
    if (!video) return;
    whenReady(video, () => (video.currentTime = seconds));
    play(video);
  }

  page.addEventListener('click', (event) => {
    const target = event.target.closest('[data-start]');
    if (!target || event.ctrlKey || event.metaKey || event.shiftKey || event.button > 0) return;
    // Who drags over the words of a line wants to copy them.
    if (!event.target.closest('a') && !getSelection().isCollapsed) return;
    event.preventDefault();
    seek(Number(target.dataset.start));
  });

  const start = Number(page.dataset.startAt);
  if (video && start > 0) {
    whenReady(video, () => (video.currentTime = start));
    // Who comes by a link of this site has asked for the sound; who opens a bookmark has not.
    if (document.referrer.startsWith(location.origin)) play(video);
  }
  return seek;
}

function whenReady(video, act) {
  if (video.readyState >= HTMLMediaElement.HAVE_METADATA) act();
  else video.addEventListener('loadedmetadata', act, { once: true });
}

/** A browser may refuse to start sound by itself: then the reader presses play, at the right second already. */
function play(video) {
  video.play().catch((refusal) => {
    if (refusal.name !== 'NotAllowedError' && refusal.name !== 'AbortError') throw refusal;
  });
}
