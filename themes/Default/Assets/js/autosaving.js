const pause = 4000;

/** Keeps what is typed on the server, for this person alone, until it is saved. */
export function autosaving(form) {
  const status = form.querySelector('[data-autosaved]');
  let timer;
  let running;
  form.addEventListener('input', () => {
    timer ??= setTimeout(keep, pause);
  });
  form.addEventListener('submit', () => {
    clearTimeout(timer);
    running?.abort();
  });
  addEventListener('visibilitychange', () => {
    if (document.hidden && timer) keep();
  });

  async function keep() {
    clearTimeout(timer);
    timer = undefined;
    running = new AbortController();
    try {
      const answer = await fetch(`${form.getAttribute('action')}/autosave`, { method: 'POST', body: boxes(form), signal: running.signal });
      status.textContent = answer.ok ? await answer.text() : 'ยังเก็บสิ่งที่พิมพ์ไม่ได้ กดบันทึกร่าง';
    } catch (error) {
      if (error.name !== 'AbortError') status.textContent = 'ติดต่อเว็บไซต์ไม่ได้ ยังไม่ได้เก็บสิ่งที่พิมพ์';
    }
  }
}

/** Everything but chosen files, which are sent once, with the form itself. */
export function boxes(form) {
  const body = new FormData(form);
  for (const [name, value] of [...body]) if (value instanceof File) body.delete(name);
  return body;
}
