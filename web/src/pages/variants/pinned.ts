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
  if (!happy) return [{ entry: entryOf(first), pins: ['frequent'] }];
  if (happy.variant === first.id) {
    return [{ entry: entryOf(first), pins: ['happy', 'frequent'] }];
  }
  return [
    { entry: entryOf(happyRow(happy, rows)), pins: ['happy'] },
    { entry: entryOf(first), pins: ['frequent'] },
  ];
}

/** As the list has it; it may come later, or no case may follow exactly this path. */
function happyRow(happy: HappyPath, rows: VariantRow[]): VariantRow {
  const listed = rows.find((row) => row.id === happy.variant);
  return (
    listed ?? {
      rank: happy.rank ?? 0,
      id: happy.variant ?? '',
      steps: happy.activities,
      cases: happy.cases,
      share: happy.share ?? 0,
      cumulative: 0,
      median: null,
      by: null,
    }
  );
}
