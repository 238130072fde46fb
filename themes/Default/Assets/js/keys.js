/** K, J, L and N, only while the player has the focus: elsewhere a letter belongs to the reader's own software. */
export function keys(player, video, hits) {
  const actions = {
    k: () => (video.paused ? video.play() : video.pause()),
    j: () => (video.currentTime = Math.max(0, video.currentTime - 10)),
    l: () => (video.currentTime = Math.min(video.duration, video.currentTime + 10)),
    n: hits.next,
  };
  // Thai keyboard layouts send other letters, so the key is known by its place.
  const places = { KeyK: 'k', KeyJ: 'j', KeyL: 'l', KeyN: 'n' };
  player.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    const action = actions[places[event.code]];
    if (!action) return;
    event.preventDefault();
    action();
  });
}
