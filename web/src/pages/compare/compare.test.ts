import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createIntl } from 'react-intl';
import { expect, test } from 'vitest';
import type { AnalysisAnswer } from '../../api/analysis';
import type { ComparisonAnswer } from '../../api/comparison';
import { formats } from '../../format';
import { ramp } from '../../pictures/process-map/colour';
import {
  differenceAt,
  differenceLooks,
  differenceOf,
  differencePlace,
  isFew,
  sideGraph,
  sideLooks,
  unionGraph,
} from '../../pictures/process-map/compared';
import { arrowOfPath, pathId, terminalArrows } from '../../pictures/process-map/graph';
import english from '../../text/en/compare.json';
import type { Say } from '../../text/useText';
import { largest } from './Largest';
import { periodsBetween, ripePeriods } from './periods';
import { restAddress } from './rest';
import { validateCompareSearch } from './search';
import { complement, filtersOfSide, isChosen, sidesOf, swapped, withVersionOfA } from './sides';
import { differenceWords } from './words';

/** The answer of the program about the 73 deals in EMEA among 150 of the demo, and the 77 others. */
function regions(): ComparisonAnswer {
  const path = join(import.meta.dirname, 'golden', 'regions.json.txt');
  const answer = JSON.parse(readFileSync(path, 'utf8')) as AnalysisAnswer;
  return answer.tiles[0]?.answer as ComparisonAnswer;
}

const intl = createIntl({ locale: 'en', messages: english });
const text: Say = (key, values) => intl.formatMessage({ id: key }, values);
const words = differenceWords(text, formats('en'));

const ANSWER = regions();
const UNION = unionGraph(ANSWER);
const ARROWS = [...UNION.paths.map(arrowOfPath), ...terminalArrows(UNION)];
const PALETTE = {
  activity: ramp(['#000000', '#ffffff']),
  path: ramp(['#000000', '#ffffff']),
  mutedActivity: '#777777',
  mutedPath: '#777777',
  terminal: '#888888',
};

test('the map of both has what either side has, each side counting alike', () => {
  expect(UNION.activities).toHaveLength(ANSWER.activities.length);
  const created = UNION.activities.find((one) => one.activity === 'Opportunity Created');
  // In every case of both sides, once.
  expect(created).toMatchObject({ cases: 1_000_000, events: 2 });
  const quote = UNION.activities.find((one) => one.activity === 'Quote Issued');
  const told = ANSWER.activities.find((one) => one.activity === 'Quote Issued');
  expect(quote?.cases).toBe(Math.round((told?.b.share ?? 0) * 1_000_000));
});

test('a side draws the paths that it has, as shares of its own cases', () => {
  const only = ANSWER.paths.filter((one) => one.a.events === 0).map((one) => one.from);
  expect(only.length).toBeGreaterThan(0);
  const graph = sideGraph(ANSWER, 'a');
  expect(graph.paths).toHaveLength(ANSWER.paths.length - only.length);
  expect(graph.activities.map((one) => one.activity)).toEqual(
    UNION.activities.map((one) => one.activity),
  );
});

test.each(['share', 'time'] as const)('colours of %s mean the same on both sides', (compared) => {
  const { looks } = sideLooks({
    answer: ANSWER,
    arrows: ARROWS,
    compared,
    palette: PALETTE,
    write: (value) => String(value),
    absent: '–',
  });
  expect(looks.a.activityDomain).toEqual(looks.b.activityDomain);
  expect(looks.a.pathDomain).toEqual(looks.b.pathDomain);
  const values = ANSWER.activities.flatMap((one) => [one.a.share ?? 0, one.b.share ?? 0]);
  if (compared === 'share') {
    const { least, most } = looks.a.activityDomain ?? { least: 0, most: 0 };
    expect(least).toBeCloseTo(Math.min(...values), 5);
    expect(most).toBeCloseTo(Math.max(...values), 5);
  }
});

test('more on A is at one end, more on B at the other, and few cases have no colour', () => {
  const looks = differenceLooks({
    answer: ANSWER,
    arrows: ARROWS,
    compared: 'share',
    palette: PALETTE,
    write: (value) => words.signed(value, 'share'),
  });
  // 15.2 points more in B is the largest of all: the very end.
  expect(looks.activities.get('Quote Issued')).toMatchObject({ place: 1, value: '−15.2\u202fpp' });
  const lost = looks.arrows.get(pathId('Opportunity Created', 'Opportunity Lost'));
  expect(lost?.value).toBe('+12.2\u202fpp');
  expect(lost?.place).toBeCloseTo(0.5 - (0.5 * 0.121509) / 0.152464, 5);
  const few = ANSWER.paths.find((one) => isFew(one, 'share'));
  expect(few).toBeDefined();
  expect(looks.arrows.get(pathId(few?.from ?? '', few?.to ?? ''))?.place).toBeNull();
  expect(looks.activityDomain).toEqual({ least: -0.152464, most: 0.121509 });
});

test('a place of the scale of differences stands for one difference', () => {
  for (const compared of ['share', 'time'] as const) {
    for (const value of [-9, -4, 0, 1, 9]) {
      const place = differencePlace(value, 9, compared);
      expect(differenceAt(place, 9, compared)).toBeCloseTo(value, 9);
    }
  }
  expect(differencePlace(5, 0, 'share')).toBe(0.5);
});

test('the largest differences come first, without those of few cases', () => {
  const rows = largest(ANSWER, 'share');
  expect(rows[0]).toMatchObject({ item: { activity: 'Quote Issued' }, value: -0.152464 });
  const sizes = rows.map(({ value }) => Math.abs(value));
  expect(sizes).toEqual([...sizes].sort((left, right) => right - left));
  const times = [...ANSWER.activities, ...ANSWER.paths].filter((one) => !isFew(one, 'time'));
  const longest = Math.max(...times.map((one) => Math.abs(differenceOf(one, 'time') ?? 0)));
  expect(Math.abs(largest(ANSWER, 'time')[0]?.value ?? 0)).toBe(longest);
});

test('the sign of a difference is said in words', () => {
  expect(words.said(0.05, 'share')).toBe('5 points more in A');
  expect(words.said(-0.01, 'share')).toBe('1 point more in B');
  expect(words.said(0.0001, 'share')).toBe('the same share');
  expect(words.said(-86_400 * 2, 'time')).toBe('2 days longer in B');
  expect(words.signed(0.0001, 'share')).toBe('±0');
  expect(words.counted(-3, 0)).toBe('3 more in B');
  expect(words.counted(0.004, 2)).toBe('the same');
});

const EMEA = { kind: 'attribute_in', attribute: 'Region', values: ['EMEA'] } as const;
const LATE = { kind: 'duration', min_s: 60 } as const;
const EVENTS = { kind: 'event_activity', activities: ['a'] } as const;

test('the rest of a side is what its filters do not keep', () => {
  expect(complement([EMEA as never])).toEqual([{ not: EMEA }]);
  expect(complement([EMEA as never, LATE])).toEqual([{ not: { all: [EMEA, LATE] } }]);
  expect(complement(complement([EMEA as never, LATE]))).toEqual([EMEA, LATE]);
  expect(complement(complement([EMEA as never]))).toEqual([EMEA]);
  const sides = sidesOf({ a: [EMEA] });
  expect(sides.b).toBeUndefined();
  expect(filtersOfSide(sides, 'b')).toEqual([{ not: EMEA }]);
});

test('a side of another version is all of its cases, and changes places with it', () => {
  const sides = sidesOf({ a: [EMEA], against: 2 });
  expect(sides).toEqual({ a: [EMEA], b: [], against: 2 });
  expect(isChosen(sidesOf({ against: 2 }))).toBe(true);
  expect(filtersOfSide(sides, 'b')).toEqual([]);
  const there = { version: 2, against: 5, a: undefined, b: [EMEA] };
  expect(swapped({ a: [EMEA], against: 2 }, 5)).toMatchObject(there);
  // B stays what it is when A is of another version, until both are of the same.
  expect(withVersionOfA(5, undefined, 3)).toEqual({ version: 3, against: 5 });
  expect(withVersionOfA(5, 3, 3)).toEqual({ version: 3, against: undefined });
  expect(validateCompareSearch({ against: 2 }).against).toBe(2);
  expect(validateCompareSearch({ against: 'x' }).against).toBe(undefined);
});

test('sides change places, and back again', () => {
  const there = swapped({ a: [EMEA], b: [LATE] }, 3);
  expect(there).toMatchObject({ a: [LATE], b: [EMEA] });
  expect(swapped({ a: [EMEA] }, 3)).toMatchObject({ a: [{ not: EMEA }], b: [EMEA] });
});

test('a selection against the rest keeps for both what changes its meaning', () => {
  const chip = (filter: object) => ({ filter: filter as never, isPaused: false });
  expect(restAddress([chip(EMEA), chip(LATE)])).toMatchObject({
    a: [EMEA, LATE],
    filters: undefined,
  });
  expect(restAddress([chip(EMEA), chip(EVENTS), chip(LATE)])).toMatchObject({
    a: [LATE],
    filters: [EMEA, EVENTS],
  });
  expect(restAddress([chip(LATE), chip(EVENTS)])).toBeNull();
  expect(restAddress([{ filter: LATE, isPaused: true }])).toBeNull();
});

test('nonsense in the address is left out, and filters of events make no side', () => {
  const valid = validateCompareSearch({
    a: [EMEA, EVENTS, { kind: 'nothing' }],
    b: 'all',
    bPaused: [{ at: 0, filter: LATE }],
    show: 'upside down',
    metric: 'time',
    activities: 101,
    paths: 40,
    from: 'a',
  });
  expect(JSON.parse(JSON.stringify(valid))).toEqual({
    a: [EMEA],
    bPaused: [{ at: 0, filter: LATE }],
    metric: 'time',
    paths: 40,
  });
});

test('periods between two instants begin with that of the first', () => {
  const [first, last] = ['2024-02-29T10:00:00Z', '2025-01-01T00:00:00Z'];
  expect(periodsBetween(first, last, 'quarter')).toEqual([
    '2024-01-01',
    '2024-04-01',
    '2024-07-01',
    '2024-10-01',
    '2025-01-01',
  ]);
  expect(periodsBetween(first, last, 'year')).toEqual(['2024-01-01', '2025-01-01']);
  expect(periodsBetween(first, last, 'month')).toHaveLength(12);
});

test('periods whose cases may still run are not compared unless somebody wants to', () => {
  const dates = ['2025-07-01', '2025-10-01', '2026-01-01', '2026-04-01'];
  const last = '2026-06-29T23:59:59Z';
  const day_s = 86_400;
  // The last quarter is not over. Of the one before, cases of 100 days may still run.
  const begin = (p90_s: number) => ripePeriods(dates, last, 'quarter', p90_s);
  expect(begin(10 * day_s)).toEqual(['2026-01-01', '2025-10-01']);
  expect(begin(100 * day_s)).toEqual(['2025-10-01', '2025-07-01']);
  expect(begin(9_999 * day_s)).toEqual([]);
});
