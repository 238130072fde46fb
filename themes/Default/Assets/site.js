// Everything works without this file; it only saves steps. Controls that need it are hidden in the page and shown here.
import { copying } from './js/copying.js';
import { menus } from './js/menus.js';
import { printing } from './js/printing.js';
import { suggesting } from './js/suggesting.js';

menus(document);
copying(document);
printing(document);
suggesting(document);
