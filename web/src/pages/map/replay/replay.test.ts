import { expect, test } from 'vitest';
import { offsetsOf } from '../../../pictures/dotted/zone';
import { recordsOf } from '../../../pictures/replay/records';
import { golden } from '../../../pictures/replay/testing';
import { binsOf, outlineOf } from './bins';
import { legendOf } from './legend';
import { hiddenShare } from './Notes';
import { readReplay } from './search';
import { stepped, stepUnit } from './steps';

test('an address is read, and what makes no sense in it is named', () => {
  const words = { speed: 2, tails: true, colour: 'Region', at: '2024-01-02T08:00:00Z' };
  expect(readReplay(words)).toEqual({ replay: words, ignored: [] });
  const odd = { speed: 3, tails: 'yes', at: 'noon', colour: '', fast: true };
  expect(readReplay(odd)).toEqual({ replay: {}, ignored: Object.keys(odd) });
});

test('a time is an instant of the calendar, or seconds since the common start', () => {
  expect(readReplay({ together: true, at: 3600 }).replay).toEqual({ together: true, at: 3600 });
  expect(readReplay({ together: true, at: '2024-01-02' }).ignored).toEqual(['at']);
  expect(readReplay({ at: 3600 }).ignored).toEqual(['at']);
  expect(readReplay({ together: true, at: -1 }).ignored).toEqual(['at']);
});

test('a step is a day of the calendar of the log, also when the clocks change', () => {
  const of = {
    length_s: 10 * 86_400,
    // Thursday, 29 March 2024, 10:30 in Paris; clocks go forward on Sunday at 2:00.
    origin_ms: Date.parse('2024-03-29T09:30:00Z'),
    offset: offsetsOf('Europe/Paris'),
  };
  const at = (time_s: number) => new Date(of.origin_ms + time_s * 1000).toISOString();
  const first = stepped(0, 1, of);
  expect(at(first)).toBe('2024-03-29T23:00:00.000Z');
  const second = stepped(first, 1, of);
  expect(at(second)).toBe('2024-03-30T23:00:00.000Z');
  const third = stepped(second, 1, of);
  expect(at(third)).toBe('2024-03-31T22:00:00.000Z');
  expect(at(stepped(third, -1, of))).toBe('2024-03-30T23:00:00.000Z');
  expect(stepped(first, -1, of)).toBe(0);
  expect(stepped(of.length_s - 5, 1, of)).toBe(of.length_s);
});

test('where all cases start together, a step is a whole day since then', () => {
  const of = { length_s: 5 * 86_400, origin_ms: null, offset: offsetsOf('Europe/Paris') };
  expect(stepped(90_000, 1, of)).toBe(2 * 86_400);
  expect(stepped(2 * 86_400, 1, of)).toBe(3 * 86_400);
  expect(stepped(90_000, -1, of)).toBe(86_400);
});

test('a short replay has shorter steps', () => {
  const units = [2 * 86_400, 86_400, 7_200, 7_199, 120, 119, 0].map((one) => stepUnit(one).unit);
  expect(units).toEqual(['day', 'hour', 'hour', 'minute', 'minute', 'second', 'second']);
});

test('the bars are the cases in progress that the server counts', () => {
  const answer = golden('loans');
  const records = recordsOf(answer);
  const bins = binsOf(answer, records, false);
  expect(bins.map((bin) => bin.cases)).toEqual(answer.in_progress?.cases);
  expect(bins[17]).toEqual({ from_s: 17 * 3600, to_s: 18 * 3600, cases: 2 });
  // The last bin of an hour begins with the end of the replay: it has no width.
  const outline = outlineOf(bins, 360_000);
  expect(outline.match(/M/g)).toHaveLength(100);
  expect(outline).toContain('M170,100V0H180V100Z');
});

test('since their start, the bars are the cases that are not over', () => {
  const answer = golden('loans');
  const bins = binsOf(answer, recordsOf(answer), true);
  // The longest takes 360,000 s: bins of 3,000 s; the others end at 3,600 and 6,600.
  expect(bins.slice(0, 4).map((bin) => bin.cases)).toEqual([3, 3, 2, 1]);
});

test('the most frequent values have a colour, all others and missing ones have one each', () => {
  const value = (name: string, cases: number) =>
    ({ stands_for: 'value', value: name, values: 1, cases, sampled_cases: cases }) as const;
  const values = [
    ...[...'abcdefgh'].map((name, idx) => value(name, 20 - idx)),
    { stands_for: 'others', value: null, values: 5, cases: 9, sampled_cases: 9 } as const,
    { stands_for: 'missing', value: null, values: 0, cases: 2, sampled_cases: 2 } as const,
  ];
  const { entries, colours } = legendOf(values, String);
  expect(entries.map(({ kind, value, values, cases }) => [kind, value, values, cases])).toEqual([
    ...[...'abcdefg'].map((name, idx) => ['value', name, 1, 20 - idx]),
    // h and the five that the server does not list.
    ['others', undefined, 6, 13 + 9],
    ['missing', undefined, 0, 2],
  ]);
  const eight = legendOf(values.slice(0, 8), String).entries;
  expect(eight.at(-1)).toMatchObject({ kind: 'value', value: 'h', colour: 'category-8' });
  expect(new Set(colours.slice(0, 7)).size).toBe(7);
  expect(colours.slice(7)).toEqual(['category-8', 'category-8', 'map-muted-path']);
});

test('the share on hidden paths is one of movements', () => {
  const answer = golden('commandes');
  // Three movements on each of the first four paths, one on each of the other two.
  const ways = (shown: boolean[]) => ({ shown, rows: 6, staysFrom: 6, data: new Float32Array() });
  expect(hiddenShare(answer, ways([true, true, true, true, false, false]))).toBeCloseTo(2 / 14);
  expect(hiddenShare(answer, ways([true, true, true, true, true, true]))).toBe(0);
  expect(hiddenShare({ ...answer, paths: [] }, ways([]))).toBe(0);
});
