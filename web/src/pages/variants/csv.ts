// The listed variants as a file: steps one after another, durations in seconds.
import { csv } from '../../files/csv';
import type { Entry } from './list';

const COLUMNS = ['rank', 'path', 'steps', 'cases', 'share', 'cumulative', 'median'] as const;
type CsvColumn = (typeof COLUMNS)[number];

export function variantsCsv(entries: Entry[], names: Record<CsvColumn, string>): string {
  const rows = entries.flatMap(({ row, similar }) => [row, ...similar]);
  return csv([
    COLUMNS.map((column) => names[column]),
    ...rows.map(({ rank, steps, cases, share, cumulative, median }) => [
      rank,
      steps?.join(' → ') ?? null,
      steps?.length ?? null,
      cases,
      share,
      cumulative,
      median,
    ]),
  ]);
}
