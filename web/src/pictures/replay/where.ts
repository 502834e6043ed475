// Where one token is at a time. The program of the graphics card in `webgl.ts` counts the same from
// the same numbers.
import { ARRIVES, LANE, LEAVES, NUMBERS, type Records, ROW, START, START_REST } from './records';
import { PER_SAMPLE, SAMPLES, type Ways } from './ways';

/** A time of the replay, in the two parts in which a graphics card takes it. */
interface Instant {
  time: number;
  rest: number;
  /** Whether all cases start at once. */
  isTogether: boolean;
}

export function instantOf(time_s: number, isTogether: boolean): Instant {
  const time = Math.fround(time_s);
  return { time, rest: Math.fround(time_s - time), isTogether };
}

export interface Spot {
  x: number;
  y: number;
  /** From 0 to 1. */
  strength: number;
}

/** Seconds since the start of its case. */
export function sinceStart({ data }: Records, idx: number, instant: Instant): number {
  const at = idx * NUMBERS;
  if (instant.isTogether) return Math.fround(instant.time + instant.rest);
  const whole = Math.fround(instant.time - (data[at + START] ?? 0));
  const rest = Math.fround(instant.rest - (data[at + START_REST] ?? 0));
  return Math.fround(whole + rest);
}

/**
 * Puts into `spot` where a record was `ago_s` before an instant at which its case is there; `false`
 * where it was not there yet, or the case is elsewhere now.
 */
export function spotAt(
  records: Records,
  ways: Ways,
  idx: number,
  instant: Instant,
  ago_s: number,
  spot: Spot,
): boolean {
  const { data } = records;
  const at = idx * NUMBERS;
  const [leaves, arrives] = [data[at + LEAVES] ?? 0, data[at + ARRIVES] ?? 0];
  const now = sinceStart(records, idx, instant);
  const then = now - ago_s;
  if (!(leaves <= then && now < arrives)) return false;
  const [row, lane] = [data[at + ROW] ?? 0, data[at + LANE] ?? 0];
  const isStay = ways.staysFrom <= row;
  if (isStay && ago_s > 0) return false;
  const share = isStay ? (lane + 1) / 2 : (then - leaves) / (arrives - leaves);
  const place = share * (SAMPLES - 1);
  const first = Math.min(SAMPLES - 2, Math.max(0, Math.floor(place)));
  const part = place - first;
  const from = (row * SAMPLES + first) * PER_SAMPLE;
  const { data: points } = ways;
  const [x, y] = [points[from] ?? 0, points[from + 1] ?? 0];
  const half = points[from + 2] ?? 0;
  const strength = points[from + 3] ?? 0;
  const dx = (points[from + PER_SAMPLE] ?? 0) - x;
  const dy = (points[from + PER_SAMPLE + 1] ?? 0) - y;
  const length = Math.hypot(dx, dy);
  const aside = length > 0 ? (lane * half) / length : 0;
  spot.x = x + dx * part - dy * aside;
  spot.y = y + dy * part + dx * aside;
  spot.strength = strength;
  return strength > 0;
}
