// The table of cases as a file: the columns that are shown, values as programs read them.
import type { CaseRow } from '../../api/cases';
import { type CsvCell, csv } from '../../files/csv';
import { writtenTime } from '../../precision';
import type { Say } from '../../text/useText';
import { columnName } from './names';
import type { Column } from './search';
import { cellValue } from './values';

export function casesCsv(
  rows: CaseRow[],
  columns: Column[],
  { text, timeZone }: { text: Say; timeZone: string },
): string {
  const all = ['case', ...columns] as const;
  const names = all.map((column) =>
    column === 'duration' ? text('cases.duration.seconds') : columnName(column, text),
  );
  return csv([names, ...rows.map((row) => all.map((column) => cellOf(row, column, timeZone)))]);
}

function cellOf(row: CaseRow, column: Column | 'case', timeZone: string): CsvCell {
  switch (column) {
    case 'case':
      return row.case;
    case 'position':
      return row.position;
    case 'rank':
      return row.variant_rank ?? null;
    case 'share':
      return row.variant_share ?? null;
    case 'start':
      return row.start ? writtenTime(row.start, row.start_precision, timeZone) : null;
    case 'end':
      return row.end ? writtenTime(row.end, row.end_precision, timeZone) : null;
    case 'duration':
      return row.duration_s;
    case 'events':
      return row.events;
    case 'variant':
      return row.variant;
    case 'first':
      return row.first_activity;
    case 'last':
      return row.last_activity;
    default:
      return cellValue(row.attributes[column.slice(1)]);
  }
}
