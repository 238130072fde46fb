const pause = 500;

/** A preview that is open follows what is typed. */
export function showing(form) {
  let timer;
  form.addEventListener('input', ({ target }) => {
    const shown = target.dataset.body && target.closest('[data-part]').querySelector('[data-shown]');
    if (!shown) return;
    clearTimeout(timer);
    timer = setTimeout(() => show(form, target, shown), pause);
  });
}

async function show(form, box, shown) {
  const text = box.value;
  const body = new FormData();
  body.set('__form', form.elements.__form.value);
  body.set('kind', box.dataset.body);
  body.set('text', text);
  const answer = await fetch('/manage/shown', { method: 'POST', body });
  const html = await answer.text();
  // An answer may come after that of a later text.
  if (answer.ok && text === box.value) shown.innerHTML = html;
}
