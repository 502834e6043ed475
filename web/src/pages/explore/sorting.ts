// In which order the rows of a table stand.
import type { CsvCell } from '../../files/csv';

export interface Order {
  column: string;
  isDescending: boolean;
}

interface Sortable<Row> {
  key: string;
  value: (row: Row) => CsvCell;
}

/** What is not ranked or missing comes last, whatever the direction; equal rows stay as they came. */
export function sortedRows<Row>(
  rows: Row[],
  columns: Sortable<Row>[],
  order: Order | null,
  locale: string,
  isLast: (row: Row) => boolean = () => false,
): Row[] {
  const column = columns.find((one) => one.key === order?.column);
  if (!order || !column) return rows;
  const words = new Intl.Collator(locale, { numeric: true });
  const sign = order.isDescending ? -1 : 1;
  return [...rows].sort((left, right) => {
    const places = Number(isLast(left)) - Number(isLast(right));
    if (places !== 0) return places;
    const [a, b] = [column.value(left), column.value(right)];
    if (a === null || b === null) return Number(a === null) - Number(b === null);
    return (
      sign *
      (typeof a === 'number' && typeof b === 'number' ? a - b : words.compare(`${a}`, `${b}`))
    );
  });
}
