// Where the events of a case stand on its timeline: one lane for each activity or person.

export interface TimelineEvent {
  activity: string;
  /** `null` where it is not known. */
  person: string | null;
  /** Milliseconds; the start only where the source has one. */
  start_ms: number | null;
  end_ms: number;
  /** Its place among all events of the case. */
  idx: number;
  /** Whether its time is known to the day only. */
  isDay?: boolean;
  /** The time since the event before it, where that is known to the day only. */
  wait_s?: number | null;
}

export type LaneKind = 'activity' | 'person';

interface Lane {
  /** `null`: nobody is known to have done it. */
  name: string | null;
  events: TimelineEvent[];
}

/** In the order in which they first occur. */
export function lanesOf(events: TimelineEvent[], kind: LaneKind): Lane[] {
  const lanes = new Map<string | null, Lane>();
  for (const event of events) {
    const name = kind === 'activity' ? event.activity : event.person;
    const lane = lanes.get(name) ?? { name, events: [] };
    lane.events.push(event);
    lanes.set(name, lane);
  }
  return [...lanes.values()];
}

export interface Span {
  from_ms: number;
  to_ms: number;
}

export function spanOf(events: TimelineEvent[]): Span | null {
  if (events.length === 0) return null;
  let [from_ms, to_ms] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const event of events) {
    from_ms = Math.min(from_ms, event.start_ms ?? event.end_ms);
    to_ms = Math.max(to_ms, event.end_ms);
  }
  return { from_ms, to_ms };
}

/** A place on the timeline from 0 to 1; all at the beginning when everything is at once. */
export function placeIn({ from_ms, to_ms }: Span, moment_ms: number): number {
  return to_ms === from_ms ? 0 : (moment_ms - from_ms) / (to_ms - from_ms);
}

/** What must be empty, of the whole time, to be pointed out. */
const GAP_SHARE = 0.12;
const GAPS_SHOWN = 3;

/** A time in which nothing happened. */
export interface Gap extends Span {
  /** How many seconds, where that is known to the day only. */
  wait_s: number | null;
}

/** The longest times in which nothing happened, in their order. */
export function longestGaps(events: TimelineEvent[]): Gap[] {
  const span = spanOf(events);
  if (!span) return [];
  const gaps: Gap[] = [];
  const endOf = new Map(events.map((event) => [event.idx, event.end_ms]));
  const byStart = [...events].sort(
    (left, right) => (left.start_ms ?? left.end_ms) - (right.start_ms ?? right.end_ms),
  );
  let busyUntil = span.from_ms;
  for (const event of byStart) {
    const start = event.start_ms ?? event.end_ms;
    const isFromBefore = endOf.get(event.idx - 1) === busyUntil;
    const wait_s = isFromBefore ? (event.wait_s ?? null) : null;
    if (start > busyUntil) gaps.push({ from_ms: busyUntil, to_ms: start, wait_s });
    busyUntil = Math.max(busyUntil, event.end_ms);
  }
  const length = ({ from_ms, to_ms }: Span) => to_ms - from_ms;
  const least = GAP_SHARE * length(span);
  return gaps
    .filter((gap) => length(gap) >= least)
    .sort((left, right) => length(right) - length(left))
    .slice(0, GAPS_SHOWN)
    .sort((left, right) => left.from_ms - right.from_ms);
}

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
const STEPS_MS = [
  1_000,
  5_000,
  15_000,
  MINUTE_MS,
  5 * MINUTE_MS,
  15 * MINUTE_MS,
  HOUR_MS,
  3 * HOUR_MS,
  6 * HOUR_MS,
  12 * HOUR_MS,
  DAY_MS,
  2 * DAY_MS,
  7 * DAY_MS,
  14 * DAY_MS,
  30 * DAY_MS,
  91 * DAY_MS,
  182 * DAY_MS,
  365 * DAY_MS,
  2 * 365 * DAY_MS,
  5 * 365 * DAY_MS,
];

interface Ticks {
  at_ms: number[];
  /** Less than a day apart: the time of day is worth writing. */
  hasTimeOfDay: boolean;
}

/** Times below the axis, as many as there is room for, counted from the first event. */
export function ticksOf({ from_ms, to_ms }: Span, most: number): Ticks {
  const length = to_ms - from_ms;
  if (length === 0 || most < 1) return { at_ms: [from_ms], hasTimeOfDay: true };
  const step = STEPS_MS.find((one) => length / one <= most) ?? Math.ceil(length / most);
  const at_ms: number[] = [];
  for (let moment = from_ms; moment <= to_ms; moment += step) at_ms.push(moment);
  return { at_ms, hasTimeOfDay: step < DAY_MS };
}
