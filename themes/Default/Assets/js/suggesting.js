const waitMs = 120;
const shortest = 2;

/**
 * A list of what may be meant, under each search box: arrow keys choose, Enter goes there, Escape closes. Without a choice the form is sent as it is.
 * https://www.w3.org/WAI/ARIA/apg/patterns/combobox/
 */
export function suggesting(root) {
  for (const form of root.querySelectorAll('form[data-suggest]')) suggestIn(form, form.querySelector('input[type=search]'));
}

function suggestIn(form, input) {
  const known = new Map();
  const list = document.createElement('ul');
  list.className = 'suggestions';
  list.id = `${input.id}-suggestions`;
  list.setAttribute('role', 'listbox');
  list.setAttribute('aria-label', 'คำแนะนำ');
  list.hidden = true;
  const status = document.createElement('span');
  status.className = 'vh';
  status.setAttribute('role', 'status');
  form.append(list, status);
  for (const [name, value] of [['role', 'combobox'], ['aria-autocomplete', 'list'], ['aria-expanded', 'false'], ['aria-controls', list.id]]) input.setAttribute(name, value);

  let timer;
  let asked;
  let chosen = -1;
  let shown = [];

  function close() {
    clearTimeout(timer);
    asked?.abort();
    list.hidden = true;
    shown = [];
    choose(-1);
    status.textContent = '';
    input.setAttribute('aria-expanded', 'false');
  }

  function choose(index) {
    chosen = index;
    for (const [at, option] of [...list.children].entries()) option.setAttribute('aria-selected', at === index);
    if (index < 0) input.removeAttribute('aria-activedescendant');
    else {
      input.setAttribute('aria-activedescendant', list.children[index].id);
      list.children[index].scrollIntoView({ block: 'nearest' });
    }
  }

  function show(suggestions) {
    if (suggestions.length === 0) {
      close();
      return;
    }
    shown = suggestions;
    list.replaceChildren(...suggestions.map(optionOf));
    list.hidden = false;
    input.setAttribute('aria-expanded', 'true');
    choose(-1);
    status.textContent = `มีคำแนะนำ ${suggestions.length} รายการ ใช้ลูกศรขึ้นลงเพื่อเลือก`;
  }

  function optionOf({ text, kind }, index) {
    const option = document.createElement('li');
    option.id = `${list.id}-${index}`;
    option.setAttribute('role', 'option');
    const [words, label] = [document.createElement('span'), document.createElement('span')];
    words.textContent = text;
    label.textContent = kind;
    label.className = 'note';
    option.append(words, ' ', label);
    option.addEventListener('click', () => location.assign(shown[index].url));
    return option;
  }

  async function ask() {
    const typed = input.value.trim();
    if (typed.length < shortest) {
      close();
      return;
    }
    asked?.abort();
    asked = new AbortController();
    try {
      if (!known.has(typed)) {
        const answer = await fetch(`/api/v1/search/suggest?q=${encodeURIComponent(typed)}`, { signal: asked.signal });
        if (!answer.ok) throw new Error(`${answer.status}`);
        known.set(typed, (await answer.json()).suggestions);
      }
      if (document.activeElement === input && input.value.trim() === typed) show(known.get(typed));
    } catch {
      // Aborted by the next key, or the line is down: the box goes on without suggestions.
      if (input.value.trim() === typed) close();
    }
  }

  input.addEventListener('input', () => {
    clearTimeout(timer);
    timer = setTimeout(ask, waitMs);
  });
  input.addEventListener('keydown', (event) => {
    if (event.isComposing) return;
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      if (list.hidden) ask();
      // One place beyond the ends stands for what was typed.
      else choose(((chosen + 1 + (event.key === 'ArrowDown' ? 1 : shown.length)) % (shown.length + 1)) - 1);
    } else if (event.key === 'Enter' && chosen >= 0) {
      event.preventDefault();
      location.assign(shown[chosen].url);
    } else if (event.key === 'Escape' && !list.hidden) {
      event.preventDefault();
      close();
    }
  });
  input.addEventListener('blur', close);
  // The box keeps the focus while the mouse chooses.
  list.addEventListener('mousedown', (event) => event.preventDefault());
}
