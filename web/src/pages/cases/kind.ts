// How the cells of a column stand: ids stay in sight, numbers stand below each other.
import type { CaseAttribute } from './columns';
import type { Column } from './search';
import { isNumeric } from './values';

const NUMBERS = ['position', 'duration', 'events', 'rank', 'share'];

export function kindOf(column: Column | 'case', types: Map<string, CaseAttribute['type']>) {
  if (column === 'case') return 'id';
  if (NUMBERS.some((one) => one === column)) return 'number';
  return column.startsWith('@') && isNumeric(types.get(column.slice(1)) ?? 'text')
    ? 'number'
    : 'text';
}
