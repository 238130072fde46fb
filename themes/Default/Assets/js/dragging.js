/** Rows are dragged by their number, with a mouse, pen or finger; the buttons beside them do the same. */
export function dragging(root, done) {
  root.addEventListener('pointerdown', (event) => {
    const grip = event.target.closest('.rows > li > b');
    const row = grip?.parentElement;
    const list = row?.parentElement;
    if (!row || event.button > 0 || !(list.dataset.drag || list.closest('form[data-drag]'))) return;
    event.preventDefault();
    const before = [...list.children];
    const move = ({ clientY }) => {
      // The others move past the row: a row that left its place in the page would lose the pointer.
      const { previousElementSibling: above, nextElementSibling: below } = row;
      if (above && clientY < middle(above)) row.after(above);
      else if (below && clientY > middle(below)) row.before(below);
    };
    const end = () => {
      grip.removeEventListener('pointermove', move);
      row.classList.remove('dragged');
      if (before.some((item, at) => item !== list.children[at])) done(list);
    };
    row.classList.add('dragged');
    grip.setPointerCapture(event.pointerId);
    grip.addEventListener('pointermove', move);
    grip.addEventListener('lostpointercapture', end, { once: true });
  });
}

function middle(element) {
  const { top, height } = element.getBoundingClientRect();
  return top + height / 2;
}
