import { expect, test } from 'vitest';
import { type Arrow, END, pathId, START } from './graph';
import { type ScalePart, tonesOf, tonesOfPart } from './tone';

function arrow(from: string, to: string): Arrow {
  return { id: pathId(from, to), from, to, cases: 1, events: 1 };
}

/** Start → a → b → c → end, and a loop from c to a. */
const ARROWS = [
  arrow(START, 'a'),
  arrow('a', 'b'),
  arrow('b', 'c'),
  arrow('c', 'a'),
  arrow('c', END),
];
const ACTIVITY_PLACES: Record<string, number> = { a: 0.1, b: 0.2, c: 0.9 };
const ARROW_PLACES = [null, 0.15, 0.8, 0.5, null];

function strong(part: ScalePart): string[] {
  const tones = tonesOfPart(
    part,
    (activity) => ACTIVITY_PLACES[activity] ?? null,
    (one) => ARROW_PLACES[ARROWS.indexOf(one)] ?? null,
    ARROWS,
  );
  return [
    ...['a', 'b', 'c'].filter((one) => tones.ofActivity(one) === 'strong'),
    ...ARROWS.filter((one) => tones.ofArrow(one) === 'strong').map(({ from, to }) =>
      `${from}>${to}`.replace(/\0/, ''),
    ),
  ];
}

test('on one scale for both, each is judged by its own value', () => {
  expect(strong({ of: 'both', least: 0, most: 0.3 })).toEqual(['a', 'b', 'a>b']);
});

test('a part of the scale of activities keeps the paths between them', () => {
  expect(strong({ of: 'activities', least: 0, most: 0.3 })).toEqual(['a', 'b', 'start>a', 'a>b']);
});

test('a part of the scale of paths keeps their ends', () => {
  expect(strong({ of: 'paths', least: 0.4, most: 1 })).toEqual(['a', 'b', 'c', 'b>c', 'c>a']);
});

test('what is pointed at keeps its paths and neighbours', () => {
  const tones = tonesOf({ kind: 'activity', activity: 'b' }, ARROWS);
  expect(['a', 'b', 'c'].map(tones.ofActivity)).toEqual(['strong', 'strong', 'strong']);
  expect(ARROWS.map(tones.ofArrow)).toEqual(['faint', 'strong', 'strong', 'faint', 'faint']);
});
