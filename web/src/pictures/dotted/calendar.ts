// Where the lines of a calendar axis stand: days, months, quarters or years of a time zone.
import type { Offset } from './zone';

const DAY_MS = 86_400_000;

interface CalendarTick {
  instant_ms: number;
  kind: 'day' | 'month' | 'year';
}

const STEPS = [
  { months: 0, days: 1 },
  { months: 0, days: 7 },
  { months: 1, days: 0 },
  { months: 3, days: 0 },
  { months: 6, days: 0 },
  { months: 12, days: 0 },
  { months: 24, days: 0 },
  { months: 60, days: 0 },
  { months: 120, days: 0 },
];
const MONTH_DAYS = 30.5;

/** At most about `most` beginnings of days, months or years between two instants. */
export function calendarTicks(from: number, to: number, most: number, offset: Offset) {
  const days = (to - from) / DAY_MS;
  const step =
    STEPS.find((one) => days / (one.days || one.months * MONTH_DAYS) <= Math.max(1, most)) ??
    STEPS[STEPS.length - 1];
  if (!step) return [];
  const start = new Date(from + offset(from));
  const ticks: CalendarTick[] = [];
  let [year, month, day] = [start.getUTCFullYear(), start.getUTCMonth(), start.getUTCDate()];
  if (step.months > 0) [month, day] = [Math.floor(month / step.months) * step.months, 1];
  if (step.months >= 12)
    [year, month] = [Math.floor(year / (step.months / 12)) * (step.months / 12), 0];
  for (;;) {
    const local = Date.UTC(year, month, day);
    const instant = local - offset(local);
    if (instant > to) return ticks;
    if (instant >= from) ticks.push({ instant_ms: instant, kind: kindOf(step) });
    month += step.months;
    day += step.days;
  }
}

function kindOf({ months }: { months: number }): CalendarTick['kind'] {
  return months === 0 ? 'day' : months < 12 ? 'month' : 'year';
}
