// Where the lines of an axis stand: round numbers of a unit that people count in.

const MINUTE_S = 60;
const HOUR_S = 3600;
const DAY_S = 86_400;
const YEAR_S = 365.25 * DAY_S;

export type TimeUnit = 'second' | 'minute' | 'hour' | 'day' | 'year';

interface TimeAxis {
  unit: TimeUnit;
  /** In seconds. */
  ticks: number[];
}

const UNITS: { unit: TimeUnit; length: number; upTo: number; steps: number[] }[] = [
  { unit: 'second', length: 1, upTo: 2 * MINUTE_S, steps: [1, 2, 5, 10, 15, 30] },
  { unit: 'minute', length: MINUTE_S, upTo: 2 * HOUR_S, steps: [1, 2, 5, 10, 15, 30] },
  { unit: 'hour', length: HOUR_S, upTo: 3 * DAY_S, steps: [1, 2, 3, 6, 12, 24] },
  { unit: 'day', length: DAY_S, upTo: 4 * YEAR_S, steps: [] },
  { unit: 'year', length: YEAR_S, upTo: Number.POSITIVE_INFINITY, steps: [] },
];

/** At most `most` + 1 round numbers from 0 to the first at or above `max`. */
export function countTicks(max: number, most: number): number[] {
  const step = Math.max(1, roundStep(max / Math.max(1, most)));
  return upTo(max, step);
}

/** Round durations from 0, none above `max`, in one unit. */
export function durationTicks(max: number, most: number): TimeAxis {
  const found = UNITS.find((one) => max <= one.upTo) ?? UNITS[UNITS.length - 1];
  if (!found) return { unit: 'second', ticks: [0] };
  const wanted = max / found.length / Math.max(1, most);
  const step = found.steps.find((one) => one >= wanted) ?? roundStep(wanted);
  const count = Math.floor(max / found.length / step + 1e-9);
  return {
    unit: found.unit,
    ticks: Array.from({ length: count + 1 }, (_, idx) => idx * step * found.length),
  };
}

/** Every how many-th of `count` names has room, when each takes `room` of `width`. */
export function everyNth(count: number, width: number, room: number): number {
  return Math.max(1, Math.ceil((count * room) / Math.max(1, width)));
}

/** The smallest of 1, 2 or 5 times a power of ten that is no less. */
export function roundStep(wanted: number): number {
  if (!(wanted > 0)) return 1;
  const power = 10 ** Math.floor(Math.log10(wanted) + 1e-9);
  const factor = [1, 2, 5, 10].find((one) => one * power >= wanted * (1 - 1e-9)) ?? 10;
  return factor * power;
}

function upTo(max: number, step: number): number[] {
  const count = Math.max(1, Math.ceil(max / step - 1e-9));
  return Array.from({ length: count + 1 }, (_, idx) => idx * step);
}
