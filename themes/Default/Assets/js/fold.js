// The same rules as the search index, for finding words in a page: two spellings of one Thai word fold to one string.
const invisible = /[\u00AD\u200B-\u200D\u2060\uFEFF]/;
const tone = /[\u0E48-\u0E4B]/;
const mark = /[\u0E31\u0E33-\u0E3A\u0E47-\u0E4E]/;
const nikhahit = '\u0E4D', aa = '\u0E32', am = '\u0E33', e = '\u0E40', ae = '\u0E41';

/** The folded text and, for each of its characters, the place in the original where it began. */
export function fold(original) {
  let text = '';
  const places = [];
  const put = (character, place) => {
    text += character;
    places.push(place);
  };
  for (let i = 0; i < original.length; i++) {
    const character = original[i];
    if (invisible.test(character)) continue;
    if (character === nikhahit || character === am) {
      let next = i + 1;
      while (tone.test(original[next] ?? '')) next++;
      if (character === am || original[next] === aa) {
        for (let t = i + 1; t < next; t++) put(original[t], i);
        put(am, i);
        i = character === am ? next - 1 : next;
        continue;
      }
    }
    if (character === e && original[i + 1] === e) put(ae, i++);
    else if (character >= '๐' && character <= '๙') put(String(character.charCodeAt(0) - 0x0E50), i);
    else if (/\s/.test(character)) put(' ', i);
    else put(character.toLowerCase().slice(0, 1), i);
  }
  return { text, places };
}

/** Where the query lies in the text: [start, end) in the original, widened to whole clusters. */
export function occurrences(original, query) {
  const wanted = fold(query).text.trim();
  if (!wanted) return [];
  const { text, places } = fold(original);
  const found = [];
  for (let at = text.indexOf(wanted); at >= 0; at = text.indexOf(wanted, at + wanted.length)) {
    let start = places[at];
    let end = places[at + wanted.length] ?? original.length;
    while (start > 0 && mark.test(original[start])) start--;
    while (end < original.length && mark.test(original[end])) end++;
    found.push([start, end]);
  }
  return found;
}
