import { boxes } from './autosaving.js';
import { filtering } from './filtering.js';

const said = { add: 'เพิ่มแถวแล้ว', up: 'เลื่อนขึ้นแล้ว', down: 'เลื่อนลงแล้ว', remove: 'ลบแถวแล้ว', in: 'ย้ายเข้าหนึ่งชั้นแล้ว', out: 'ย้ายออกหนึ่งชั้นแล้ว', show: 'แสดงตามที่เป็นแล้ว', find: 'ค้นแล้ว' };

/** Buttons of rows and of Markdown: the server makes the form anew, and the one part that the button belongs to is taken from its answer. */
export function swapping(form) {
  form.addEventListener('click', async (event) => {
    const button = event.target.closest('button[data-swap]');
    if (!button) return;
    event.preventDefault();
    try {
      const [verb, , row] = button.value.split(':');
      focusIn(await swap(form, button), verb, Number(row));
    } catch {
      form.requestSubmit(button);
    }
  });
}

/** Takes the part that a button belongs to from the server's answer to it. */
export async function swap(form, button) {
  const part = await ask(form, button);
  form.querySelector(selector(button)).replaceWith(part);
  filtering(part);
  form.querySelector('[data-status]').textContent = said[button.value.split(':')[0]];
  form.dispatchEvent(new Event('input', { bubbles: true }));
  return part;
}

async function ask(form, button) {
  const body = boxes(form);
  body.set('action', button.value);
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
    remove: () => (rows[Math.min(row, rows.length - 1)] ?? part).querySelector('button:not(:disabled)'),
    show: () => part.querySelector('button[data-swap]'),
    find: () => part.querySelector('[data-find]'),
  }[verb]?.() ?? part.querySelector(`[data-moved] button[value^="${verb}:"]:not(:disabled)`) ?? part.querySelector('[data-moved] button:not(:disabled)');
  target?.focus();
}
