// The form works without this file: rows are added and Markdown is shown by the server, lists are long. Here the same happens without a new page.
import { filtering } from './js/filtering.js';
import { swapping } from './js/swapping.js';
import { unsaved } from './js/unsaved.js';

const form = document.querySelector('form[data-editor]');
if (form) {
  filtering(form);
  swapping(form);
  unsaved(form);
}
