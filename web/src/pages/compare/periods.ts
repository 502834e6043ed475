// Which months, quarters or years lie between two instants: their first days, the earliest first.
import type { Granularity } from '../../api/throughput';
import { dayAfter } from '../explore/filters';

/** As many as can be chosen from; the latest where there are more. */
const PERIODS_MAX = 400;

export function periodsBetween(first: string, last: string, length: Granularity): string[] {
  const dates: string[] = [];
  const end = last.slice(0, 10);
  for (let date = firstDay(first, length); date <= end; date = dayAfter(date, length)) {
    dates.push(date);
  }
  return dates.slice(-PERIODS_MAX);
}

/** The first day of the period in which an instant lies. */
function firstDay(instant: string, length: Granularity): string {
  const [year = '', month = '01'] = instant.split('-');
  if (length === 'year') return `${year}-01-01`;
  if (length === 'month') return `${year}-${month}-01`;
  const quarter = Math.floor((Number(month) - 1) / 3) * 3 + 1;
  return `${year}-${String(quarter).padStart(2, '0')}-01`;
}
