// How wide a text is, estimated: enough to see whether it fits beside another one.

/** Letters of the Latin script are narrower than they are high, others are as wide. */
const NARROW = 0.58;
const WIDE_FROM = '\u2e80';
const ELLIPSIS = '…';

export function textWidth(text: string, size: number): number {
  let width = 0;
  for (const letter of text) width += (letter < WIDE_FROM ? NARROW : 1) * size;
  return width;
}

/** The longest beginning of a text that fits, with an ellipsis where it is cut. */
export function cutToWidth(text: string, size: number, room: number): string {
  if (textWidth(text, size) <= room) return text;
  const letters = [...text];
  while (letters.length > 0 && textWidth(letters.join('') + ELLIPSIS, size) > room) letters.pop();
  return `${letters.join('').trimEnd()}${ELLIPSIS}`;
}
