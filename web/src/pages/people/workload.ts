// How much each person did in each period, and in which hours: the cells of two tables.
import type { WorkloadAnswer, WorkloadHour, WorkloadRow } from '../../api/workload';
import type { Person } from './matrix';
import type { Work } from './search';

export interface WorkCell {
  events: number;
  cases: number | null;
  hand: number;
}

interface WorkGrid {
  people: Person[];
  /** First days of the periods. */
  dates: string[];
  /** By person and period; nothing where nothing was done and nothing was in hand. */
  cells: (WorkCell | null)[][];
  /** Periods that came before those that are listed. */
  earlier: number;
}

/** More columns than this nobody reads; the table has them all. */
const DATES_MAX = 60;

export function workGrid({ resources, periods }: WorkloadAnswer, most = DATES_MAX): WorkGrid {
  const all = periods.map((one) => one.date);
  const dates = all.slice(-most);
  const places = new Map(dates.map((date, idx) => [date, idx]));
  const cells = resources.map((row) => {
    const line: (WorkCell | null)[] = dates.map(() => null);
    for (const cell of row.periods) {
      const place = places.get(cell.date);
      if (place === undefined) continue;
      line[place] = {
        events: cell.events,
        cases: cell.cases ?? null,
        hand: cell.in_hand_at_end,
      };
    }
    return line;
  });
  const people = resources.map((row): Person => row.resource ?? null);
  return { people, dates, cells, earlier: all.length - dates.length };
}

export function workOf(cell: WorkCell, work: Work): number {
  return cell[work] ?? 0;
}

/** The largest figure of the grid, for its colours. */
export function mostWork({ people, cells }: WorkGrid, work: Work): number {
  const largest = (line: (WorkCell | null)[]) =>
    Math.max(0, ...line.map((cell) => (cell ? workOf(cell, work) : 0)));
  // What nobody is known to have done would often outshine what somebody did.
  const known = cells.filter((_, row) => people[row] !== null).map(largest);
  return Math.max(0, ...(known.length > 0 ? known : cells.map(largest)));
}

const WEEKDAYS = 7;
const HOURS = 24;

interface HourGrid {
  /** Events by day of the week, from Monday, and hour. */
  cells: number[][];
  /** Events that are known to the day only, by day of the week. */
  days: number[];
}

export function hourGrid(hours: WorkloadHour[]): HourGrid {
  const cells = Array.from({ length: WEEKDAYS }, () => Array<number>(HOURS).fill(0));
  const days = Array<number>(WEEKDAYS).fill(0);
  for (const { weekday, hour, events } of hours) {
    const day = weekday - 1;
    const line = cells[day];
    if (typeof hour === 'number' && line) line[hour] = (line[hour] ?? 0) + events;
    else days[day] = (days[day] ?? 0) + events;
  }
  return { cells, days };
}

/** The hours of one person, or of all. */
export function hoursOf(answer: WorkloadAnswer, who: Person | undefined): WorkloadHour[] {
  if (who === undefined) return answer.hours ?? [];
  const is = (row: WorkloadRow) => (row.resource ?? null) === who;
  return answer.resources.find(is)?.hours ?? [];
}
