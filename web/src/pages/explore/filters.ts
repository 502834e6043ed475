// The filters that a click on a picture stands for.
import type { Granularity } from '../../api/throughput';

export type Filter = Record<string, unknown>;

/** Durations are exact to the microsecond: one less is the last before an edge. */
const MICROSECOND_S = 1e-6;

/** What ends a case: the last event of one of these activities, or its last event without any. */
type Ends = string[];

/** Cases that take at least `from_s` and less than `to_s`. */
export function takesBetween(from_s: number, to_s: number, ends: Ends = []): Filter {
  const max_s = Math.round((to_s - MICROSECOND_S) / MICROSECOND_S) * MICROSECOND_S;
  return {
    kind: 'duration',
    ...(from_s > 0 ? { min_s: from_s } : {}),
    max_s: Number(max_s.toFixed(6)),
    ...withEnds(ends),
  };
}

/** Cases that have none of these ends, and are as old. */
export function isOpenBetween(from_s: number, to_s: number, ends: Ends): Filter {
  return { ...takesBetween(from_s, to_s, ends), open: true };
}

function withEnds(ends: Ends): { ends?: Ends } {
  return ends.length > 0 ? { ends } : {};
}

export function hasValue(attribute: string, value: unknown, level: 'case' | 'event'): Filter {
  return { kind: 'attribute_in', attribute, level, values: [wanted(value)] };
}

/** The server takes a value as it shows it; an amount as text. */
function wanted(value: unknown): unknown {
  return value === undefined ? null : value;
}

export function inPeriod(
  mode: 'starts' | 'ends',
  date: string,
  length: Granularity,
  ends: Ends = [],
): Filter {
  const known = mode === 'ends' ? withEnds(ends) : {};
  return { kind: 'period', mode, from: date, to: dayAfter(date, length), ...known };
}

/** Cases with an event in a period. */
export function worksIn(date: string, length: Granularity): Filter {
  return { kind: 'period', mode: 'has_event', from: date, to: dayAfter(date, length) };
}

export function lacksAll(activities: string[]): Filter {
  return { kind: 'activity_not_contains', activities };
}

export function repeats(activity: string, at_least?: number): Filter {
  return { kind: 'repeats', activity, ...(at_least === undefined ? {} : { at_least }) };
}

/** Cases in which any of these activities occurs twice; auxiliary ones must be named. */
export function repeatsAny(activities: { activity: string; repeats: number }[]): Filter {
  const repeated = activities.filter((one) => one.repeats > 0).map((one) => repeats(one.activity));
  return repeated.length === 1 && repeated[0] ? repeated[0] : { any: repeated };
}

/** Auxiliary activities in between are passed over unless they count like others. */
export function repeatsDirectly(activity: string, auxiliary: boolean): Filter {
  const all = auxiliary ? { auxiliary } : {};
  return { kind: 'follows', from: [activity], to: [activity], mode: 'directly', ...all };
}

/** Cases in which work goes from one to another; nobody known is `null`. */
export function handsOver(
  from: string | null,
  to: string | null,
  attribute: string,
  auxiliary: boolean,
): Filter {
  const all = auxiliary ? { auxiliary } : {};
  return { kind: 'handover', attribute, from: [from], to: [to], ...all };
}

/** The filters with one more, unless it is there already. */
export function withFilter(filters: unknown[], filter: Filter): unknown[] {
  const said = JSON.stringify(filter);
  return filters.some((one) => JSON.stringify(one) === said) ? filters : [...filters, filter];
}

/** The first day of the period after the one that starts on `date`. */
export function dayAfter(date: string, length: Granularity): string {
  const [year = 0, month = 1, day = 1] = date.split('-').map(Number);
  const next = {
    day: [year, month - 1, day + 1],
    week: [year, month - 1, day + 7],
    month: [year, month, 1],
    quarter: [year, month + 2, 1],
    year: [year + 1, 0, 1],
  }[length] as [number, number, number];
  return new Date(Date.UTC(...next)).toISOString().slice(0, 10);
}
