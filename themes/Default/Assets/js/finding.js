const pause = 300;

/** A list that is too long for a page is searched while somebody types; what is chosen stays. */
export function finding(form) {
  let timer;
  form.addEventListener('input', ({ target }) => {
    if (!target.dataset.find) return;
    clearTimeout(timer);
    timer = setTimeout(() => find(target), pause);
  });
  form.addEventListener('keydown', (event) => {
    if (event.key !== 'Enter' || !event.target.dataset.find) return;
    // Enter here would press the form's first button.
    event.preventDefault();
    clearTimeout(timer);
    find(event.target);
  });
}

async function find(box) {
  const words = box.value.trim();
  const answer = await fetch(`${box.dataset.find}?q=${encodeURIComponent(words)}`);
  if (!answer.ok || words !== box.value.trim()) return;
  const list = box.closest('[data-part]').querySelector('[data-found]');
  for (const label of list.querySelectorAll('label')) if (label.firstChild.value && !label.firstChild.checked) label.remove();
  const there = new Set([...list.querySelectorAll('input')].map((input) => input.value));
  const found = await answer.json();
  list.append(...found.filter((choice) => !there.has(choice.value)).map((choice) => option(choice, box)));
  list.parentElement.querySelector('[data-none]').textContent = found.length ? `พบ ${found.length} รายการ` : 'ไม่พบ ลองคำที่สั้นลง';
}

function option({ value, label }, { dataset }) {
  const choice = document.createElement('label');
  choice.className = 'choice';
  const input = document.createElement('input');
  Object.assign(input, { type: dataset.many === 'True' ? 'checkbox' : 'radio', name: dataset.name, value });
  const text = document.createElement('span');
  text.textContent = label;
  choice.append(input, text);
  return choice;
}
