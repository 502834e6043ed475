// What the columns of the table of cases are called: those of attributes by the names in the data.
import type { Say } from '../../text/useText';
import { type Column, OWN_COLUMNS } from './search';

export function columnName(column: Column | 'case', text: Say): string {
  if (column === 'case') return text('cases.case');
  const own = OWN_COLUMNS.find((one) => one === column);
  return own ? text(`cases.${own}`) : column.slice(1);
}
