// How a time is told by how precisely it is known: to the day only, it has no time of day.
import type { components } from './api/schema';
import type { Formats } from './format';

export type Precision = components['schemas']['Precision'] | undefined;

/** Whether one of the times is known to the day only; what lies between them is whole days then. */
export function isToDay(...known: Precision[]): boolean {
  return known.includes('day');
}

/** 3 Mar 2026, with 14:04 where it is known. */
export function toldTime(at: string | number | Date, known: Precision, format: Formats): string {
  return isToDay(known) ? format.date(at) : format.dateTime(at);
}

/** For a file: RFC 3339, or the date in the time zone of the log where nothing else is known. */
export function writtenTime(at: string, known: Precision, timeZone: string): string {
  return isToDay(known) ? writtenDate(at, timeZone) : at;
}

function writtenDate(at: string, timeZone: string): string {
  const parts = new Intl.DateTimeFormat('en', {
    timeZone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
  }).formatToParts(new Date(at));
  const part = (type: string) => parts.find((one) => one.type === type)?.value ?? '';
  return `${part('year').padStart(4, '0')}-${part('month')}-${part('day')}`;
}
