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

/**
 * The two latest whole periods whose cases have mostly ended, the earlier last: they are over so
 * long before the last event as nine in ten cases take. Nothing where there are no two of them.
 */
export function ripePeriods(
  dates: string[],
  last: string,
  length: Granularity,
  p90_s: number,
): string[] {
  const until = Date.parse(last) - p90_s * 1000;
  const ripe = dates.filter((date) => Date.parse(dayAfter(date, length)) <= until);
  return ripe.length > 1 ? ripe.slice(-2).reverse() : [];
}

/** The first day of the period in which an instant lies. */
function firstDay(instant: string, length: Granularity): string {
  const [year = '', month = '01'] = instant.split('-');
  if (length === 'year') return `${year}-01-01`;
  if (length === 'month') return `${year}-${month}-01`;
  const quarter = Math.floor((Number(month) - 1) / 3) * 3 + 1;
  return `${year}-${String(quarter).padStart(2, '0')}-01`;
}
