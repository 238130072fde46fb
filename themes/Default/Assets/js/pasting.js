/** Pictures that are pasted or dropped into a long text are sent to the site, and stand in the text where the cursor was. */
export function pasting(form) {
  const address = form.dataset.uploads;
  if (!address) return;
  for (const note of form.querySelectorAll('[data-scripted]')) note.hidden = false;
  const take = (event, transfer) => {
    const pictures = [...(transfer?.files ?? [])].filter((file) => file.type.startsWith('image/'));
    if (!event.target.dataset?.body || pictures.length === 0) return;
    event.preventDefault();
    for (const picture of pictures) send(form, address, event.target, picture);
  };
  form.addEventListener('paste', (event) => take(event, event.clipboardData));
  form.addEventListener('drop', (event) => take(event, event.dataTransfer));
  form.addEventListener('dragover', (event) => {
    if (event.target.dataset?.body) event.preventDefault();
  });
}

let count = 0;

async function send(form, address, box, picture) {
  const status = form.querySelector('[data-status]');
  const place = `[กำลังส่งรูป ${(count += 1)}]`;
  insert(box, box.selectionStart, box.selectionEnd, place);
  const body = new FormData();
  body.set('__form', form.elements.__form.value);
  body.set('file', picture);
  let text = '';
  try {
    const answer = await fetch(address, { method: 'POST', body });
    const sent = await answer.json();
    if (answer.ok) text = reference(box, sent);
    status.textContent = answer.ok ? 'ใส่รูปแล้ว' : sent.title;
  } catch {
    status.textContent = 'ส่งรูปไม่สำเร็จ ลองอีกครั้ง';
  }
  status.classList.toggle('vh', text !== '');
  const at = box.value.indexOf(place);
  if (at >= 0) insert(box, at, at + place.length, text);
}

function reference(box, { name, url }) {
  const alt = name.replace(/\.[^.]*$/, '').replace(/["<>[\]]/g, '');
  return box.dataset.body.startsWith('Html') ? `<img src="${url}" alt="${alt}">` : `![${alt}](${url})`;
}

function insert(box, start, end, text) {
  box.setRangeText(text, start, end, 'end');
  box.dispatchEvent(new Event('input', { bubbles: true }));
}
