// Which variants are listed, in which order, and which of them are folded into one line.
import type { VariantRow } from '../../api/variants';
import type { VariantSort } from './search';

export interface Entry {
  row: VariantRow;
  /** Others of the same activities in another order, the most frequent first. */
  similar: VariantRow[];
}

export interface Listing {
  search: string;
  sort: VariantSort;
  isAscending: boolean;
  isFolded: boolean;
}

/** How many variants are listed, folded ones too. */
export function countOf(entries: Entry[]): number {
  return entries.reduce((sum, { similar }) => sum + 1 + similar.length, 0);
}

export function entriesOf(rows: VariantRow[], listing: Listing): Entry[] {
  const found = searched(rows, listing.search);
  const entries = listing.isFolded ? folded(found) : found.map(alone);
  return sorted(entries, listing);
}

const ALONE = new WeakMap<VariantRow, Entry>();

/** The same for the same row: of a list that grows, only what is new is drawn. */
function alone(row: VariantRow): Entry {
  const known = ALONE.get(row);
  if (known) return known;
  const entry = { row, similar: [] };
  ALONE.set(row, entry);
  return entry;
}

/** Variants with an activity whose name holds a text; width and case of letters do not count. */
function searched(rows: VariantRow[], search: string): VariantRow[] {
  return search.trim() === '' ? rows : rows.filter(holding(search));
}

export function holding(search: string): (row: VariantRow) => boolean {
  const wanted = plain(search.trim());
  const verdicts = new Map<string, boolean>();
  const matches = (name: string) => {
    const known = verdicts.get(name);
    if (known !== undefined) return known;
    const verdict = plain(name).includes(wanted);
    verdicts.set(name, verdict);
    return verdict;
  };
  return ({ steps }) => wanted === '' || (steps?.some(matches) ?? false);
}

function plain(text: string): string {
  return text.normalize('NFKC').toLocaleLowerCase();
}

const SEPARATOR = '\u0001';

/** The most frequent of each set of activities, with the others of the set. */
function folded(rows: VariantRow[]): Entry[] {
  const bySet = new Map<string, Entry>();
  for (const row of rows) {
    const key = row.steps ? [...new Set(row.steps)].sort().join(SEPARATOR) : row.id;
    const entry = bySet.get(key);
    if (entry) entry.similar.push(row);
    else bySet.set(key, { row, similar: [] });
  }
  return [...bySet.values()];
}

/** What has no value comes last, whatever the direction; equals keep their rank. */
function sorted(entries: Entry[], { sort, isAscending }: Listing): Entry[] {
  const sign = isAscending ? 1 : -1;
  if (sort === 'cases' && !isAscending) return entries;
  const value = ({ row }: Entry): number | null => {
    switch (sort) {
      case 'cases':
        return row.cases;
      case 'steps':
        return row.steps?.length ?? null;
      case 'median':
        return row.median;
    }
  };
  return [...entries].sort((left, right) => {
    const [a, b] = [value(left), value(right)];
    if (a === null || b === null) return Number(a === null) - Number(b === null);
    return sign * (a - b) || left.row.rank - right.row.rank;
  });
}
