// Short names of activities that fit into a chevron, each different from all others.

/** What fits into a chevron, in letters of the Latin script; a Japanese one takes two. */
const ROOM = 11;
/** Names of more words are told by the first of those that mean something. */
const WORDS_MAX = 3;
/** Up to here a word in small letters is one like "of" or "les". */
const SMALL_WORD = /^\p{Ll}{1,3}$/u;

/** The short name of each activity; the whole name where it fits. */
export function shortNames(activities: string[]): Map<string, string> {
  const short = new Map<string, string>();
  const taken = new Set<string>();
  const wanted = activities.map((name) => ({ name, first: shortened(name) }));
  // What fits as it is keeps its name, whatever comes before it.
  for (const { name } of wanted.filter(({ name }) => widthOf(name) <= ROOM)) {
    short.set(name, name);
    taken.add(name);
  }
  for (const { name, first } of wanted) {
    if (short.has(name)) continue;
    const free = taken.has(first) ? numbered(first, taken) : first;
    short.set(name, free);
    taken.add(free);
  }
  return short;
}

function shortened(name: string): string {
  const all = name
    .replace(/(\p{Ll})(\p{Lu})/gu, '$1 $2')
    .split(/[\s_\-./:()]+/u)
    .filter((word) => word !== '');
  if (all.length === 0) return cut(name, ROOM);
  const words = all.length <= WORDS_MAX ? all : all.filter((word) => !SMALL_WORD.test(word));
  return shared(words.length === 0 ? all.slice(0, WORDS_MAX) : words.slice(0, WORDS_MAX));
}

/** The beginnings of at most three words. */
function shared(words: string[]): string {
  const letters = words.length === 2 ? twoShares(words) : evenShares(words);
  return words
    .map((word, idx) => cut(word, letters[idx] ?? 0))
    .filter((word) => word !== '')
    .join(' ');
}

/** What keeps a first word recognisable beside the second, which mostly says what happened. */
const FIRST_WORD = 3;

function twoShares(words: string[]): number[] {
  const [first = 0, second = 0] = words.map(widthOf);
  const room = ROOM - 1;
  const shareOfSecond = Math.min(second, Math.max(room - FIRST_WORD, room - first));
  return [Math.min(first, room - shareOfSecond), shareOfSecond];
}

/** What a short word leaves goes to the others, from the first on. */
function evenShares(words: string[]): number[] {
  const shares = words.map(() => 0);
  const widths = words.map(widthOf);
  let room = ROOM - (words.length - 1);
  for (let grows = true; grows && room > 0; ) {
    grows = false;
    for (const [idx, width] of widths.entries()) {
      const share = shares[idx] ?? 0;
      if (room > 0 && share < width) {
        shares[idx] = share + 1;
        room -= 1;
        grows = true;
      }
    }
  }
  return shares;
}

function numbered(name: string, taken: Set<string>): string {
  for (let number = 2; ; number += 1) {
    const tail = String(number);
    const free = `${cut(name, ROOM - tail.length).trimEnd()}${tail}`;
    if (!taken.has(free)) return free;
  }
}

function cut(text: string, room: number): string {
  let result = '';
  let width = 0;
  for (const letter of text) {
    width += widthOf(letter);
    if (width > room) break;
    result += letter;
  }
  return result;
}

const WIDE = /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60]/u;

function widthOf(text: string): number {
  let width = 0;
  for (const letter of text) width += WIDE.test(letter) ? 2 : 1;
  return width;
}
