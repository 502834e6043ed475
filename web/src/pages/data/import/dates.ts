// Where does a column of dates that was left out come back to? The order of the columns is that of
// their events on equal days, so it comes back to its place, and has its name again.
import type { DateColumn } from '../../../api/types';

/** The dates, and at their places those that were among them and are left out. */
export function withLeftOut(dates: DateColumn[], known: DateColumn[]): DateColumn[] {
  const lines = [...dates];
  const placeOf = (name: string) => lines.findIndex(({ column }) => column === name);
  for (const [idx, one] of known.entries()) {
    if (placeOf(one.column) >= 0) continue;
    const before = known.slice(0, idx).findLast(({ column }) => placeOf(column) >= 0);
    lines.splice(before ? placeOf(before.column) + 1 : 0, 0, one);
  }
  return lines;
}

/** The dates with one more: at its place where it is known, else last. */
export function withDate(dates: DateColumn[], name: string, known: DateColumn[]): DateColumn[] {
  const added = known.find(({ column }) => column === name);
  if (!added) return [...dates, { column: name }];
  const isTaken = ({ column }: DateColumn) =>
    column === name || dates.some((date) => date.column === column);
  return withLeftOut(dates, known).filter(isTaken);
}
