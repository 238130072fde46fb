/** Shows the buttons that print, and dates the paper. */
export function printing(root) {
  for (const button of root.querySelectorAll('button[data-print]')) {
    button.hidden = false;
    button.addEventListener('click', () => window.print());
  }
  const note = root.querySelector('[data-print-note]');
  const text = note.textContent;
  addEventListener('beforeprint', () => {
    note.textContent = `${text} · พิมพ์เมื่อ ${new Intl.DateTimeFormat('th-TH', { dateStyle: 'medium' }).format()}`;
  });
}
