// The table of cases as a file: the columns that are shown, values as programs read them.
import type { CaseRow } from '../../api/cases';
import { type CsvCell, csv } from '../../files/csv';
import type { Say } from '../../text/useText';
import { columnName } from './names';
import type { Column } from './search';
import { cellValue } from './values';

export function casesCsv(rows: CaseRow[], columns: Column[], text: Say): string {
  const all = ['case', ...columns] as const;
  const names = all.map((column) =>
    column === 'duration' ? text('cases.duration.seconds') : columnName(column, text),
  );
  return csv([names, ...rows.map((row) => all.map((column) => cellOf(row, column)))]);
}

function cellOf(row: CaseRow, column: Column | 'case'): CsvCell {
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
      return row.start ?? null;
    case 'end':
      return row.end ?? null;
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
