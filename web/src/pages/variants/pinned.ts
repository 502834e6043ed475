// Which rows stay on top of the list: the happy path of the process, and the most frequent variant.
import type { HappyPath, VariantRow } from '../../api/variants';
import { type Entry, holding } from './list';

export type Pin = 'happy' | 'frequent';

interface Pinned {
  entry: Entry;
  /** Why it is pinned; for both where they are the same. */
  pins: Pin[];
}

/** Of a list that is searched they are on top only where they are among what is found. */
export function pinnedOf(
  entries: Entry[],
  rows: VariantRow[],
  happy: HappyPath | null,
  search: string,
): Pinned[] {
  const isFound = holding(search);
  return allPinned(entries, rows, happy).filter(({ entry }) => isFound(entry.row));
}

/** The most frequent variant is not always the happy path, and that not always a variant. */
function allPinned(entries: Entry[], rows: VariantRow[], happy: HappyPath | null): Pinned[] {
  const [first] = rows;
  if (!first) return [];
  const entryOf = (row: VariantRow): Entry =>
    entries.find((entry) => entry.row.id === row.id) ?? { row, similar: [] };
  if (!happy) return [{ entry: entryOf(first), pins: FREQUENT }];
  if (happy.variant === first.id) return [{ entry: entryOf(first), pins: BOTH }];
  const listed = entries.find(({ row }) => row.id === happy.variant);
  return [
    { entry: listed ?? happyEntry(happy, rows), pins: HAPPY },
    { entry: entryOf(first), pins: FREQUENT },
  ];
}

/** The same whenever the list grows, so that no pinned row is drawn anew. */
const HAPPY: Pin[] = ['happy'];
const FREQUENT: Pin[] = ['frequent'];
const BOTH = [...HAPPY, ...FREQUENT];

/** As the list has it; it may come later, or no case may follow exactly this path. */
function happyEntry(happy: HappyPath, rows: VariantRow[]): Entry {
  const listed = rows.find((row) => row.id === happy.variant);
  if (listed) return { row: listed, similar: [] };
  const known = UNLISTED.get(happy);
  if (known) return known;
  const row: VariantRow = {
    rank: happy.rank ?? 0,
    id: happy.variant ?? '',
    steps: happy.activities,
    cases: happy.cases,
    share: happy.share ?? 0,
    cumulative: 0,
    median: null,
    by: null,
  };
  const entry = { row, similar: [] };
  UNLISTED.set(happy, entry);
  return entry;
}

const UNLISTED = new WeakMap<HappyPath, Entry>();
