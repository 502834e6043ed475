import { expect, test } from 'vitest';
import type { VariantRow } from '../../api/variants';
import { variantsCsv } from './csv';
import { countOf, entriesOf, type Listing } from './list';
import { pinnedOf } from './pinned';
import { validateVariantsSearch } from './search';
import { chosenOf, chosenVariants, firstOf, isChosen, toggled } from './selection';

let cumulative = 0;

function variant(rank: number, steps: string[] | null, cases: number, median: number | null = 60) {
  cumulative += cases / 100;
  const id = rank.toString(16).padStart(16, '0');
  return { rank, id, steps, cases, share: cases / 100, cumulative, median, by: null };
}

const ROWS: VariantRow[] = [
  variant(1, ['Order', 'Invoice', 'Payment'], 50, 300),
  variant(2, ['Order', 'Payment', 'Invoice'], 30, 100),
  variant(3, ['Order', 'Invoice'], 10, null),
  variant(4, ['Order', 'Invoice', 'Invoice', 'Payment'], 9, 200),
  variant(5, null, 1, 50),
];

const PLAIN: Listing = { search: '', sort: 'cases', isAscending: false, isFolded: false };

function ranks(listing: Partial<Listing>): number[] {
  return entriesOf(ROWS, { ...PLAIN, ...listing }).map(({ row }) => row.rank);
}

test('the most frequent come first unless another order is wanted', () => {
  expect(ranks({})).toEqual([1, 2, 3, 4, 5]);
  expect(ranks({ isAscending: true })).toEqual([5, 4, 3, 2, 1]);
});

test('what has no value comes last in both directions', () => {
  expect(ranks({ sort: 'median' })).toEqual([1, 4, 2, 5, 3]);
  expect(ranks({ sort: 'median', isAscending: true })).toEqual([5, 2, 4, 1, 3]);
  expect(ranks({ sort: 'steps' })).toEqual([4, 1, 2, 3, 5]);
});

test('a search finds a part of an activity, whatever the width and case of its letters', () => {
  expect(ranks({ search: 'PAY' })).toEqual([1, 2, 4]);
  expect(ranks({ search: 'ｐａｙ' })).toEqual([1, 2, 4]);
  expect(ranks({ search: 'nothing' })).toEqual([]);
  expect(ranks({ search: '  ' })).toEqual([1, 2, 3, 4, 5]);
});

test('what a search has found is counted, folded or not', () => {
  const found = { ...PLAIN, search: 'pay' };
  expect(countOf(entriesOf(ROWS, found))).toBe(3);
  expect(countOf(entriesOf(ROWS, { ...found, isFolded: true }))).toBe(3);
  expect(countOf(entriesOf(ROWS, { ...PLAIN, search: 'nothing' }))).toBe(0);
});

test('the same activities in another order or repeated are folded under the most frequent', () => {
  const folded = entriesOf(ROWS, { ...PLAIN, isFolded: true });
  expect(folded.map(({ row, similar }) => [row.rank, similar.map((one) => one.rank)])).toEqual([
    [1, [2, 4]],
    [3, []],
    [5, []],
  ]);
});

test('a hundred thousand variants are listed', () => {
  const many = Array.from({ length: 100_000 }, (_, idx) =>
    variant(idx + 1, ['Order', `Step ${idx % 50}`, 'Payment'], 1),
  );
  const found = entriesOf(many, { ...PLAIN, search: 'step 7', sort: 'median', isFolded: true });
  expect(found.map(({ row, similar }) => [row.rank, similar.length])).toEqual([[8, 1_999]]);
});

test('a range of ranks is chosen by the curve, single variants by hand', () => {
  const range = chosenOf({ ranks: [2, 9] }, 5);
  expect(range).toEqual({ kind: 'range', from: 2, to: 5 });
  expect(ROWS.map((row) => isChosen(range, row))).toEqual([false, true, true, true, true]);
  expect(chosenOf({ ranks: [6, 9] }, 5)).toEqual({ kind: 'none' });
  const single = chosenOf({ ids: [ROWS[0]?.id ?? ''] }, 5);
  expect(ROWS.filter((row) => isChosen(single, row)).map((row) => row.rank)).toEqual([1]);
});

test('adding to a range makes single variants of it', () => {
  const chosen = chosenOf({ ranks: [2, 3] }, 5);
  const ids = (...wanted: number[]) => wanted.map((rank) => ROWS[rank - 1]?.id);
  expect(toggled(chosen, ROWS, ROWS.slice(0, 1))?.ids?.sort()).toEqual(ids(1, 2, 3));
  expect(toggled(chosen, ROWS, ROWS.slice(1, 2))?.ids).toEqual(ids(3));
  expect(toggled(chosen, ROWS, ROWS.slice(1, 3))).toEqual({ ranks: undefined, ids: undefined });
});

test('no more variants are chosen than an address can name', () => {
  const many = Array.from({ length: 400 }, (_, idx) => variant(idx + 1, ['a'], 1));
  const first = { kind: 'single', ids: new Set(many.slice(0, 300).map(({ id }) => id)) } as const;
  expect(toggled(first, many, many.slice(300, 301))).toBeNull();
  // A range that is too large to be named gives way.
  const large = { kind: 'range', from: 1, to: 350 } as const;
  expect(toggled(large, many, many.slice(390, 391))?.ids).toEqual([many[390]?.id]);
  expect(toggled(large, many, many.slice(0, 1))).toEqual({ ranks: undefined, ids: undefined });
});

test('the filter of the chosen names them, or all others where these are fewer', () => {
  const chosen = chosenVariants({ kind: 'range', from: 1, to: 2 }, ROWS, ROWS.length);
  const ids = [ROWS[0]?.id, ROWS[1]?.id];
  expect(chosen).toEqual({ count: 2, cases: 80, filter: { kind: 'variant', ids } });
  expect(chosenVariants({ kind: 'none' }, ROWS, ROWS.length)).toBeNull();

  const many = Array.from({ length: 1_000 }, (_, idx) => variant(idx + 1, ['a'], 1));
  const all = many.length;
  const most = chosenVariants({ kind: 'range', from: 1, to: 990 }, many, all);
  const last = many.slice(990).map(({ id }) => id);
  expect(most?.filter).toEqual({ not: { kind: 'variant', ids: last } });
  expect(chosenVariants({ kind: 'range', from: 1, to: 500 }, many, all)?.filter).toBeNull();
  // A range in between is narrowed to what can be named.
  expect(firstOf({ kind: 'range', from: 101, to: 600 })).toEqual([101, 400]);
  expect(firstOf({ kind: 'range', from: 101, to: 102 })).toEqual([101, 102]);
  expect(firstOf({ kind: 'none' })).toBeUndefined();
  // What has not been listed cannot be named either.
  expect(chosenVariants({ kind: 'range', from: 1, to: 990 }, many, all + 1)?.filter).toBeNull();
});

test('the address of the variants is understood, and nonsense is left out', () => {
  const search = {
    q: 'pay',
    sort: 'median',
    asc: true,
    fold: true,
    ranks: [1, 20],
  };
  expect(validateVariantsSearch(search)).toEqual(search);
  expect(validateVariantsSearch({ ids: ['00000000000000af'] })).toEqual({
    ids: ['00000000000000af'],
  });
  const nonsense = {
    version: 'x',
    q: '',
    sort: 'fame',
    asc: 'yes',
    fold: 1,
    ranks: [5, 2],
    ids: ['short'],
    other: 1,
  };
  expect(validateVariantsSearch(nonsense)).toEqual({});
  expect(validateVariantsSearch({ q: 42 })).toEqual({ q: '42' });
});

test('the file holds every listed variant, folded ones too', () => {
  const names = {
    rank: 'Rank',
    path: 'Path',
    steps: 'Steps',
    cases: 'Cases',
    share: 'Share',
    cumulative: 'Cumulative',
    median: 'Median',
  };
  const folded = entriesOf(ROWS.slice(0, 2), { ...PLAIN, isFolded: true });
  expect(variantsCsv(folded, names).replace('\ufeff', '').split('\r\n')).toEqual([
    'Rank,Path,Steps,Cases,Share,Cumulative,Median',
    '1,Order → Invoice → Payment,3,50,0.5,0.5,300',
    '2,Order → Payment → Invoice,3,30,0.3,0.8,100',
    '',
  ]);
});

test('the happy path and the most frequent variant stay on top, and say which is which', () => {
  const entries = entriesOf(ROWS, PLAIN);
  const happy = (rank: number | null, activities: string[]) => ({
    activities,
    cases: rank === null ? 0 : 10,
    share: rank === null ? 0 : 0.1,
    variant: rank === null ? null : (ROWS[rank - 1]?.id ?? null),
    rank,
  });
  const said = (of: ReturnType<typeof happy> | null, search = '') =>
    pinnedOf(entries, ROWS, of, search).map(({ entry, pins }) => [
      entry.row.rank,
      entry.row.cases,
      pins,
    ]);
  expect(said(happy(3, ['Order', 'Invoice']))).toEqual([
    [3, 10, ['happy']],
    [1, 50, ['frequent']],
  ]);
  expect(said(happy(1, ['Order', 'Invoice', 'Payment']))).toEqual([[1, 50, ['happy', 'frequent']]]);
  // The main road that nobody goes to its end is shown without a rank and without cases.
  expect(said(happy(null, ['Order', 'Payment']))).toEqual([
    [0, 0, ['happy']],
    [1, 50, ['frequent']],
  ]);
  expect(said(null)).toEqual([[1, 50, ['frequent']]]);
  expect(pinnedOf([], [], null, '')).toEqual([]);
  // What a search does not find is not among what it has found.
  const short = happy(3, ['Order', 'Invoice']);
  expect(said(short, 'payment')).toEqual([[1, 50, ['frequent']]]);
  expect(said(short, 'nothing')).toEqual([]);
});

test('a file has a column for each value among which cases divide', () => {
  const [row] = ROWS;
  if (!row) throw new Error('there are rows');
  const names = Object.fromEntries(
    ['rank', 'path', 'steps', 'cases', 'share', 'cumulative', 'median'].map((one) => [one, one]),
  ) as Parameters<typeof variantsCsv>[1];
  const file = variantsCsv([{ row: { ...row, by: [30, 20] }, similar: [] }], names, [
    'won',
    'lost',
  ]);
  expect(file.split('\r\n').map((line) => line.split(',').slice(-2))).toEqual([
    ['won', 'lost'],
    ['30', '20'],
    [''],
  ]);
});
