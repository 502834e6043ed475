// What a step of the replay is: a day where it takes days, else an hour, a minute, a second.
import type { Offset } from '../../../pictures/dotted/zone';

type StepUnit = 'day' | 'hour' | 'minute' | 'second';

const UNITS: { unit: StepUnit; seconds: number }[] = [
  { unit: 'day', seconds: 86_400 },
  { unit: 'hour', seconds: 3_600 },
  { unit: 'minute', seconds: 60 },
];
const SECOND = { unit: 'second' as const, seconds: 1 };
/** Fewer steps than this in the whole replay are too coarse. */
const STEPS_MIN = 2;

export function stepUnit(length_s: number): { unit: StepUnit; seconds: number } {
  return UNITS.find(({ seconds }) => length_s >= STEPS_MIN * seconds) ?? SECOND;
}

interface StepOf {
  length_s: number;
  /** The first instant, in milliseconds since 1970; `null` where all cases start together. */
  origin_ms: number | null;
  /** Local time minus UTC of the log, in milliseconds. */
  offset: Offset;
}

/**
 * The time one step on or back: the next beginning of a day of the calendar of the log, or of
 * another unit; where all cases start together, the next whole one since their start.
 */
export function stepped(time_s: number, direction: 1 | -1, of: StepOf): number {
  const { length_s, origin_ms, offset } = of;
  const size_ms = stepUnit(length_s).seconds * 1000;
  const start_ms = origin_ms ?? 0;
  const now_ms = Math.round(start_ms + time_s * 1000);
  const shift = (instant: number) => (origin_ms === null ? 0 : offset(instant));
  const local = now_ms + shift(now_ms);
  const edge =
    direction === 1
      ? (Math.floor(local / size_ms) + 1) * size_ms
      : (Math.ceil(local / size_ms) - 1) * size_ms;
  // The clocks may change between here and there.
  const guess = edge - shift(now_ms);
  const next_ms = edge - shift(guess);
  return Math.max(0, Math.min(length_s, (next_ms - start_ms) / 1000));
}
