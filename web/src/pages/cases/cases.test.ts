import { beforeEach, expect, test } from 'vitest';
import { type CaseRow, placeOf } from '../../api/cases';
import { formats } from '../../format';
import type { Say } from '../../text/useText';
import {
  allColumns,
  attributesIn,
  type CaseAttribute,
  rememberColumns,
  rememberedColumns,
  shownColumns,
  sortFor,
  sortsMoney,
} from './columns';
import { casesCsv } from './csv';
import { validateCasesSearch } from './search';
import { goal } from './useRowKeys';
import { cellValue, isNumeric, written } from './values';

const ATTRIBUTES: CaseAttribute[] = [
  { name: 'Amount', type: 'money' },
  { name: 'Region', type: 'text' },
  { name: 'start', type: 'timestamp' },
  { name: 'Cycle', type: 'duration' },
  { name: 'Stalled', type: 'boolean' },
];

const KEYS: Say = (key) => key;

beforeEach(() => localStorage.clear());

test('an order of money is known, for its amounts stand together by currency', () => {
  expect(sortsMoney('@Amount', ATTRIBUTES)).toBe('Amount');
  for (const name of ['@Region', '@Cycle', '@Other', 'duration'] as const) {
    expect(sortsMoney(name, ATTRIBUTES), name).toBeUndefined();
  }
});

test('the address of the cases is understood, and nonsense is left out', () => {
  const search = {
    q: '40',
    sort: '@Amount',
    asc: true,
    columns: ['start', '@Region'],
    case: '4000',
    wide: true,
    people: true,
  };
  expect(validateCasesSearch(search)).toEqual(search);
  const nonsense = {
    sort: 'fame',
    asc: 1,
    columns: ['start', 'fame'],
    case: '',
    wide: true,
    people: true,
    q: {},
    other: 1,
  };
  expect(validateCasesSearch(nonsense)).toEqual({});
});

test('an id or a search of digits is text', () => {
  expect(validateCasesSearch({ case: 4000, q: 12 })).toEqual({ case: '4000', q: '12' });
});

test('at first a table shows what every case has and the first attributes', () => {
  const first = ['start', 'end', 'duration', 'events', 'variant'];
  const some = ['@Amount', '@Region', '@start', '@Cycle'];
  expect(shownColumns(undefined, null, ATTRIBUTES)).toEqual([...first, ...some]);
  expect(shownColumns(undefined, null, [])).toEqual(first);
});

test('the address goes before what is remembered; unknown attributes are not shown', () => {
  expect(shownColumns(['@Region', 'end', '@Gone'], ['start'], ATTRIBUTES)).toEqual([
    'end',
    '@Region',
  ]);
  expect(shownColumns(undefined, ['start'], ATTRIBUTES)).toEqual(['start']);
  expect(shownColumns([], null, ATTRIBUTES)).toEqual([]);
  expect(attributesIn(['start', '@start', '@Region'])).toEqual(['start', 'Region']);
});

test('no more attributes are asked for than the server shows', () => {
  const many = Array.from({ length: 60 }, (_, idx) => ({ name: `a${idx}`, type: 'text' as const }));
  expect(attributesIn(shownColumns(allColumns(many), null, many))).toHaveLength(50);
});

test('the choice of columns is remembered for each log, and can be forgotten', () => {
  rememberColumns(1, ['end', '@Region']);
  expect(rememberedColumns(1)).toEqual(['end', '@Region']);
  expect(rememberedColumns(2)).toBeNull();
  localStorage.setItem('paydirt.case-columns.2', '{broken');
  expect(rememberedColumns(2)).toBeNull();
  rememberColumns(1, null);
  expect(rememberedColumns(1)).toBeNull();
});

test('an order by an attribute that the log does not have is not asked for', () => {
  expect(sortFor('@Amount', ATTRIBUTES)).toEqual({
    name: '@Amount',
    sort: { attribute: 'Amount' },
  });
  expect(sortFor('@Gone', ATTRIBUTES)).toEqual({ name: 'duration', sort: 'duration' });
  expect(sortFor('case', ATTRIBUTES)).toEqual({ name: 'case', sort: 'case' });
  expect(sortFor(undefined, ATTRIBUTES)).toEqual({ name: 'duration', sort: 'duration' });
});

test('values are written by their type', () => {
  const by = { format: formats('en', 'UTC'), text: KEYS };
  expect(written({ amount: 1234.5, currency: 'EUR' }, 'money', by)).toBe('€1,235');
  expect(written({ amount: 1234.5, currency: '' }, 'money', by)).toBe('1,234.5');
  expect(written({ amount: 1234.5, currency: 'no currency' }, 'money', by)).toBe(
    '1,234.5 no currency',
  );
  expect(written('2024-03-03T14:04:00Z', 'timestamp', by)).toBe('3 Mar 2024, 14:04');
  expect(written('2024-03-03', 'text', by)).toBe('2024-03-03');
  expect(written(90, 'duration', by)).toBe('1 min, 30 secs');
  expect(written(0.125, 'decimal', by)).toBe('0.125');
  expect(written(false, 'boolean', by)).toBe('case.value.false');
  expect(written(undefined, 'text', by)).toBe('');
  expect(written(null, 'text', by)).toBe('');
  expect(isNumeric('money')).toBe(true);
  expect(isNumeric('text')).toBe(false);
});

const FILE = { text: KEYS, timeZone: 'Asia/Tokyo' };

test('the file has the columns that are shown, with values as programs read them', () => {
  const row: CaseRow = {
    position: 12_345,
    case: '=1+1',
    start: '2024-01-01T00:00:00Z',
    end: '2024-01-02T00:00:00Z',
    duration_s: 86_400,
    events: 2,
    variant: '00000000000000af',
    variant_rank: 3,
    variant_share: 0.25,
    first_activity: 'Order',
    last_activity: 'Order, again',
    attributes: { Amount: { amount: 12.5, currency: 'EUR' }, Stalled: true },
  };
  const file = casesCsv([row], ['start', 'duration', 'last', '@Amount', '@Region'], FILE);
  expect(file).toBe(
    '\ufeffcases.case,cases.start,cases.duration.seconds,cases.last,Amount,Region\r\n' +
      '\'=1+1,2024-01-01T00:00:00Z,86400,"Order, again",12.5 EUR,\r\n',
  );
  const places = casesCsv([row], ['position', 'rank', 'share'], FILE);
  expect(places.split('\r\n')[1]).toBe("'=1+1,12345,3,0.25");
  const toDay = { ...row, start: '2023-12-31T15:00:00Z', start_precision: 'day' as const };
  const days = casesCsv([toDay], ['start', 'end', 'duration'], FILE);
  expect(days.split('\r\n')[1]).toBe("'=1+1,2024-01-01,2024-01-02T00:00:00Z,86400");
  expect(cellValue({ amount: 3, currency: null })).toBe(3);
  expect(cellValue(true)).toBe(true);
});

test('a page of a long list is counted from the mark before it', () => {
  const marks = ['m1', 'm2', 'm3'];
  expect(placeOf(0, marks)).toEqual({ offset: 0 });
  expect(placeOf(9_900, marks)).toEqual({ offset: 9_900 });
  const many = Array.from({ length: 150 }, (_, idx) => `after ${idx + 1},000`);
  expect(placeOf(10_000, many)).toEqual({ offset: 0, after: 'after 10,000' });
  expect(placeOf(150_300, many)).toEqual({ offset: 300, after: 'after 150,000' });
});

test('keys lead from row to row, and never out of the table', () => {
  expect(goal('PageDown', 3, 20, 608)).toBe(23);
  expect(goal('PageUp', 3, 20, 608)).toBe(0);
  expect(goal('End', 3, 20, 608)).toBe(607);
  expect(goal('Home', 500, 20, 608)).toBe(0);
  expect(goal('ArrowDown', 607, 20, 608)).toBe(607);
  expect(goal('Enter', 3, 20, 608)).toBeNull();
});
