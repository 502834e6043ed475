import { expect, test } from 'vitest';
import { COLUMNS, type Column, csvOf, type PathRow, rowsOf, sorted } from './table';

function row(from: string, to: string, cases: number, median: number | null): PathRow {
  const times =
    median === null
      ? null
      : { min: 0, mean: median, median, p90: median, max: median, total: median };
  return { from, to, cases, share: cases / 10, passes: cases, times, metric: null, within: null };
}

const ROWS = [row('b', 'c', 4, null), row('a', 'b', 9, 60), row('a', 'c', 4, 3600)];

function order(column: Column, isDescending: boolean): string[] {
  return sorted(ROWS, { column, isDescending }, 'en').map((one) => one.from + one.to);
}

test('rows are sorted by any column, equal ones by name', () => {
  expect(order('cases', true)).toEqual(['ab', 'ac', 'bc']);
  expect(order('from', true)).toEqual(['bc', 'ab', 'ac']);
});

test('what is missing comes last in both directions', () => {
  expect(order('median', true)).toEqual(['ac', 'ab', 'bc']);
  expect(order('median', false)).toEqual(['ab', 'ac', 'bc']);
});

test('the rows are all paths of the map', () => {
  const path = { from: 'a', to: 'b', events: 7, cases: 5 };
  const rest = { overlaps: 0, overlap_s: 0, shown_from: 100, shown: false };
  const graph = { cases: 20, activities: [], starts: [], ends: [], paths: [{ ...path, ...rest }] };
  expect(rowsOf(graph, 'cases')).toEqual([
    { from: 'a', to: 'b', cases: 5, share: 0.25, passes: 7, times: null, metric: 5, within: null },
  ]);
});

test('the file keeps names as they are, and spreadsheets from calculating with them', () => {
  const names = Object.fromEntries(COLUMNS.map((one) => [one, one])) as Record<Column, string>;
  const file = csvOf(
    [row('=1+1', 'say "no", 失注', 4, null), row('a', 'b', 9, 1.5)],
    COLUMNS,
    names,
  );
  expect(file).toBe(
    '\ufefffrom,to,cases,share,passes,median,mean,p90,max,total\r\n' +
      `'=1+1,"say ""no"", 失注",4,0.4,4,,,,,\r\n` +
      'a,b,9,0.9,9,1.5,1.5,1.5,1.5,1.5\r\n',
  );
});
