// The forms work without this file: rows are added and text is shown by the server, lists are long. Here the same happens without a new page.
import { autosaving } from './js/autosaving.js';
import { dragging } from './js/dragging.js';
import { filtering } from './js/filtering.js';
import { finding } from './js/finding.js';
import { pasting } from './js/pasting.js';
import { showing } from './js/showing.js';
import { swap, swapping } from './js/swapping.js';
import { unsaved } from './js/unsaved.js';

const form = document.querySelector('form[data-editor]');
if (form) {
  filtering(form);
  finding(form);
  swapping(form);
  showing(form);
  pasting(form);
  unsaved(form);
  autosaving(form);
  dragging(form, (list) => swap(form, { dataset: { swap: list.dataset.drag }, value: `show:${list.dataset.drag}` }));
}
for (const order of document.querySelectorAll('form[data-drag]')) {
  dragging(order, () => order.requestSubmit(order.querySelector('[data-dropped]')));
}
