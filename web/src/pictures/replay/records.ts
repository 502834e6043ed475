// The movements of an answer as records that are quick to draw: one for each time that a case is on
// a path, and one for each time that it stays in an activity.
//
// A graphics card counts with 24 bits, which are too few for the seconds of years: the times of a
// record are those since the start of its case, and that start is kept in two parts.
import type { MovementsAnswer } from '../../api/movements';

/** The numbers of one record, in their order. */
export const LEAVES = 0;
export const ARRIVES = 1;
export const START = 2;
export const START_REST = 3;
/** Where it is: a row of the ways. */
export const ROW = 4;
export const COLOUR = 5;
/** Where across its way a case keeps to, from -1 to 1. */
export const LANE = 6;
export const NUMBERS = 7;

/** Lanes far from those of the cases just before: the golden ratio. */
const LANE_STEP = 0.6180339887498949;

export interface Records {
  count: number;
  /** `NUMBERS` of each record, case by case. */
  data: Float32Array;
  /** Ends of the paths, in the order of the answer: the first rows of the ways. */
  paths: { from: string; to: string }[];
  /** Activities in which cases stay: the rows after those of the paths. */
  stays: string[];
  /** First instant of the replay, in milliseconds since 1970. */
  origin_ms: number;
  /** From the first instant to the last, in seconds. */
  span_s: number;
  /** The longest case, in seconds. */
  longest_s: number;
  /** Seconds since the origin at which cases appear, and disappear; each in ascending order. */
  starts_s: Float64Array;
  ends_s: Float64Array;
  /** How long cases take, in seconds, in ascending order. */
  durations_s: Float64Array;
}

/** The records of an answer; a case has the colour at the place of its value. */
export function recordsOf(answer: MovementsAnswer): Records {
  const { tick_s, paths, case_movements, movement_paths, wait_ticks, stay_ticks } = answer;
  const cases = case_movements.length;
  const stays = staysOf(answer);
  const rowOfStay = new Map(stays.map((activity, idx) => [activity, paths.length + idx]));
  const recordCount = movement_paths.length + stay_ticks.filter((ticks) => ticks > 0).length;
  const data = new Float32Array(recordCount * NUMBERS);
  const starts_s = new Float64Array(cases);
  const ends_s = new Float64Array(cases);
  const durations_s = new Float64Array(cases);
  let [record, movement, event, startTicks] = [0, 0, 0, 0];

  const add = (row: number, from: number, to: number, start_s: number, one: number) => {
    const start = Math.fround(start_s);
    const at = record * NUMBERS;
    data[at + LEAVES] = from * tick_s;
    data[at + ARRIVES] = to * tick_s;
    data[at + START] = start;
    data[at + START_REST] = start_s - start;
    data[at + ROW] = row;
    data[at + COLOUR] = answer.case_values[one] ?? 0;
    data[at + LANE] = ((one * LANE_STEP) % 1) * 2 - 1;
    record += 1;
  };

  for (let one = 0; one < cases; one += 1) {
    startTicks += answer.start_ticks[one] ?? 0;
    const start_s = startTicks * tick_s;
    let now = 0;
    let activity = answer.activities[answer.first_activities[one] ?? 0] ?? '';
    const stay = () => {
      const ticks = stay_ticks[event] ?? 0;
      if (ticks > 0) add(rowOfStay.get(activity) ?? 0, now, now + ticks, start_s, one);
      now += ticks;
      event += 1;
    };
    stay();
    for (let step = 0; step < (case_movements[one] ?? 0); step += 1) {
      const row = movement_paths[movement] ?? 0;
      const ticks = wait_ticks[movement] ?? 0;
      add(row, now, now + ticks, start_s, one);
      now += ticks;
      movement += 1;
      activity = paths[row]?.to ?? '';
      stay();
    }
    starts_s[one] = start_s;
    durations_s[one] = now * tick_s;
    ends_s[one] = start_s + now * tick_s;
  }
  ends_s.sort();
  durations_s.sort();
  return {
    count: record,
    data,
    paths,
    stays,
    origin_ms: answer.origin ? Date.parse(answer.origin) : 0,
    span_s: ends_s.at(-1) ?? 0,
    longest_s: durations_s.at(-1) ?? 0,
    starts_s,
    ends_s,
    durations_s,
  };
}

/** The activities in which cases may stay; none where nothing takes time. */
function staysOf({ activities, paths, stay_ticks }: MovementsAnswer): string[] {
  if (stay_ticks.length === 0) return [];
  return [...new Set([...activities, ...paths.map((path) => path.to)])];
}

/** How long a replay takes, in seconds of the log. */
export function lengthOf(records: Records, isTogether: boolean): number {
  return isTogether ? records.longest_s : records.span_s;
}

/** How many cases are under way at a time: from the first instant of each to its last. */
export function underWay(records: Records, time_s: number, isTogether: boolean): number {
  if (isTogether) return records.durations_s.length - countBelow(records.durations_s, time_s);
  return countUpTo(records.starts_s, time_s) - countBelow(records.ends_s, time_s);
}

/** How many of a sorted list are less. */
function countBelow(sorted: Float64Array, value: number): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] ?? 0) < value) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** How many of a sorted list are not more. */
function countUpTo(sorted: Float64Array, value: number): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] ?? 0) <= value) low = middle + 1;
    else high = middle;
  }
  return low;
}
