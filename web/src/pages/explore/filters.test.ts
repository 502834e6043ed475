import { expect, test } from 'vitest';
import { dayAfter, inPeriod, repeatsAny, takesBetween, withFilter } from './filters';
import { sortedRows } from './sorting';

test('a range of durations ends one microsecond before its upper edge', () => {
  expect(takesBetween(0, 1_728_000)).toEqual({ kind: 'duration', max_s: 1_727_999.999999 });
  expect(takesBetween(60, 120)).toEqual({ kind: 'duration', min_s: 60, max_s: 119.999999 });
  // Forty years, exactly.
  expect(takesBetween(1, 1_262_304_000)).toMatchObject({ max_s: 1_262_303_999.999999 });
});

test.each([
  ['2024-02-28', 'day', '2024-02-29'],
  ['2024-12-30', 'week', '2025-01-06'],
  ['2024-12-01', 'month', '2025-01-01'],
  ['2024-10-01', 'quarter', '2025-01-01'],
  ['2024-01-01', 'year', '2025-01-01'],
] as const)('the period of %s lasts a %s: until %s', (date, length, end) => {
  expect(dayAfter(date, length)).toBe(end);
  expect(inPeriod('starts', date, length)).toEqual({
    kind: 'period',
    mode: 'starts',
    from: date,
    to: end,
  });
});

test('a filter that is there already is not added again', () => {
  const filter = takesBetween(0, 60);
  expect(withFilter([filter], takesBetween(0, 60))).toEqual([filter]);
  expect(withFilter([filter], takesBetween(0, 61))).toHaveLength(2);
});

test('cases with rework repeat one of the activities that are repeated', () => {
  const [a, b, c] = [
    { activity: 'a', repeats: 2 },
    { activity: 'b', repeats: 0 },
    { activity: 'c', repeats: 1 },
  ];
  expect(repeatsAny([a, b])).toEqual({ kind: 'repeats', activity: 'a' });
  expect(repeatsAny([a, b, c])).toEqual({
    any: [
      { kind: 'repeats', activity: 'a' },
      { kind: 'repeats', activity: 'c' },
    ],
  });
});

test('rows are sorted by a column; what is missing comes last in both directions', () => {
  const columns = [{ key: 'n', value: (row: { n: number | null }) => row.n }];
  const rows = [{ n: 2 }, { n: null }, { n: 10 }, { n: 1 }];
  const by = (isDescending: boolean) =>
    sortedRows(rows, columns, { column: 'n', isDescending }, 'en').map((row) => row.n);
  expect(by(false)).toEqual([1, 2, 10, null]);
  expect(by(true)).toEqual([10, 2, 1, null]);
  expect(sortedRows(rows, columns, null, 'en')).toBe(rows);
});
