/** A box above a long list that leaves only what contains what is typed. What is chosen always stays. */
export function filtering(root) {
  for (const list of root.querySelectorAll('[data-filter=list], [data-filter=select]')) {
    const box = document.createElement('input');
    box.type = 'search';
    box.className = 'in filter mid';
    box.placeholder = 'พิมพ์เพื่อกรองรายการ';
    box.setAttribute('aria-label', `กรอง${list.dataset.label}`);
    box.autocomplete = 'off';
    list.before(box);
    const apply = list.dataset.filter === 'select' ? selectOf(list) : boxesOf(list);
    box.addEventListener('input', () => apply(box.value.trim().toLowerCase()));
    // Enter here would press the form's first button.
    box.addEventListener('keydown', (event) => {
      if (event.key === 'Enter') event.preventDefault();
    });
    delete list.dataset.filter;
  }
}

function selectOf(select) {
  const all = [...select.options];
  return (typed) => select.replaceChildren(...all.filter((option) => option.selected || !option.value || option.text.toLowerCase().includes(typed)));
}

function boxesOf(list) {
  return (typed) => {
    for (const label of list.querySelectorAll('label')) label.hidden = !label.querySelector('input').checked && !label.textContent.toLowerCase().includes(typed);
  };
}
