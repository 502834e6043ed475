// The listed variants as a file: steps one after another, durations in seconds.
import { csv } from '../../files/csv';
import type { Entry } from './list';

const COLUMNS = ['rank', 'path', 'steps', 'cases', 'share', 'cumulative', 'median'] as const;
type CsvColumn = (typeof COLUMNS)[number];

/** `values`: the values among which the cases of each variant divide. */
export function variantsCsv(
  entries: Entry[],
  names: Record<CsvColumn, string>,
  values: string[] = [],
): string {
  const rows = entries.flatMap(({ row, similar }) => [row, ...similar]);
  return csv([
    [...COLUMNS.map((column) => names[column]), ...values],
    ...rows.map(({ rank, steps, cases, share, cumulative, median, by }) => [
      rank,
      steps?.join(' → ') ?? null,
      steps?.length ?? null,
      cases,
      share,
      cumulative,
      median,
      ...values.map((_, idx) => by?.[idx] ?? 0),
    ]),
  ]);
}
