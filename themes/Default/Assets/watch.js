// The player and its transcript: the lines follow the sound, a line seeks, a word is searched for in what was said.
import { citing } from './js/citing.js';
import { following } from './js/following.js';
import { keys } from './js/keys.js';
import { searching } from './js/searching.js';
import { seeking } from './js/seeking.js';

const page = document.querySelector('[data-watch]');
const video = page.querySelector('video');
const transcript = page.querySelector('.transcript');

const seek = seeking(page, video);
const cite = citing(page);
following(page, video, transcript, cite);
const hits = searching(page, transcript, seek);
if (video) keys(page.querySelector('.player'), video, hits);
