// What the words of an address are called on the page, for a note about those that were left out.
import type { Say } from '../text/useText';

const WORDS = [
  'activities',
  'activity',
  'against',
  'attribute',
  'auxiliary',
  'by',
  'colour',
  'currency',
  'direction',
  'ends',
  'from',
  'metric',
  'moved',
  'of',
  'order',
  'paths',
  'period',
  'rare',
  'replay',
  'second',
  'show',
  'sort',
  'speed',
  'stages',
  'table',
  'times',
  'to',
  'value',
  'version',
] as const;

/** The words as they are said; what no page knows is named as it stands. */
export function addressWords(words: string[], text: Say): string[] {
  return words.map((word) => {
    const known = WORDS.find((one) => one === word);
    return known ? text(`filters.word.${known}`) : word;
  });
}
