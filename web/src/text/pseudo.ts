// English made two fifths longer with accents, to see text that is cut off or written in the code.

const ACCENTED: Record<string, string> = {
  a: 'à',
  c: 'ç',
  e: 'é',
  i: 'ï',
  n: 'ñ',
  o: 'ö',
  s: 'š',
  u: 'û',
  y: 'ý',
};
const GROWTH = 0.4;

export function lengthened<T extends Partial<Record<string, string>>>(texts: T): T {
  const entries = Object.entries(texts).map(([key, text]) => [key, longer(text ?? '')]);
  return Object.fromEntries(entries) as T;
}

/** Leaves the placeholders and tags of ICU messages as they are. */
function longer(text: string): string {
  let depth = 0;
  let plain = 0;
  let result = '';
  for (const letter of text) {
    if (letter === '{' || letter === '<') depth += 1;
    if (depth === 0) {
      plain += 1;
      result += ACCENTED[letter] ?? letter;
    } else {
      result += letter;
    }
    if (letter === '}' || letter === '>') depth -= 1;
  }
  return `[${result}${'·'.repeat(Math.ceil(plain * GROWTH))}]`;
}
