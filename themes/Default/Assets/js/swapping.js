import { filtering } from './filtering.js';

const said = { add: 'เพิ่มแถวแล้ว', up: 'เลื่อนขึ้นแล้ว', down: 'เลื่อนลงแล้ว', remove: 'ลบแถวแล้ว', show: 'แสดงตัวอย่างแล้ว' };

/** Buttons of rows and of Markdown: the server makes the form anew, and the one part that the button belongs to is taken from its answer. */
export function swapping(form) {
  form.addEventListener('click', async (event) => {
    const button = event.target.closest('button[data-swap]');
    if (!button) return;
    event.preventDefault();
    const [verb, , row] = button.value.split(':');
    try {
      const part = await ask(form, button);
      form.querySelector(selector(button)).replaceWith(part);
      filtering(part);
      form.querySelector('[data-status]').textContent = said[verb];
      form.dispatchEvent(new Event('input', { bubbles: true }));
      focusIn(part, verb, Number(row));
    } catch {
      form.requestSubmit(button);
    }
  });
}

async function ask(form, button) {
  const body = new FormData(form);
  body.set('action', button.value);
  // Chosen files stay in their boxes and are sent once, with the form itself.
  for (const [name, value] of [...body]) if (value instanceof File) body.delete(name);
  // form.action would be the buttons, which bear that name.
  const answer = await fetch(form.getAttribute('action'), { method: 'POST', body, headers: { 'X-Requested-With': 'fetch' } });
  if (!answer.ok) throw new Error(`${answer.status}`);
  const part = new DOMParser().parseFromString(await answer.text(), 'text/html').querySelector(selector(button));
  if (!part) throw new Error('no such part');
  return document.importNode(part, true);
}

function selector(button) {
  return `[data-part="${CSS.escape(button.dataset.swap)}"]`;
}

function focusIn(part, verb, row) {
  const rows = part.querySelectorAll('.rows > li');
  const target = {
    add: () => rows[rows.length - 1]?.querySelector('input:not([type=hidden]), textarea, select'),
    up: () => rows[row - 1]?.querySelector('button:not(:disabled)'),
    down: () => rows[row + 1]?.querySelector('button:not(:disabled)'),
    remove: () => (rows[Math.min(row, rows.length - 1)] ?? part).querySelector('button:not(:disabled)'),
    show: () => part.querySelector('button[data-swap]'),
  }[verb]();
  target?.focus();
}
