// Where the dots of a dotted chart stand: a row for each case, a place for each event.
import type { DottedAnswer } from '../../api/dotted';
import type { TimeAxis } from './axes';
import type { Offset } from './zone';

export interface Dots {
  /** Along the axis: seconds after the origin, after the start of the case, or of the week. */
  places: Float64Array;
  /** The row of each dot. */
  rows: Uint32Array;
  /** The place of its activity in the answer. */
  activities: Uint16Array | Uint32Array;
  /** The place of the event in its case. */
  events: Uint32Array;
  /** The first dot of each row, and one more for the end. */
  starts: Uint32Array;
  /** The ends of the axis. */
  from: number;
  to: number;
}

const DAY_S = 86_400;
export const WEEK_S = 7 * DAY_S;
/** 1970-01-01 was a Thursday. */
const FIRST_MONDAY_S = 4 * DAY_S;

interface DotsOrder {
  axis: TimeAxis;
  /** Days from Monday to the first day of the week. */
  weekStart: number;
  offset: Offset;
  /** Whether an activity is drawn. */
  isShown: (activity: string) => boolean;
}

export function dotsOf(answer: DottedAnswer, order: DotsOrder): Dots {
  const shown = answer.activities.map(order.isShown);
  const count = answer.rows.reduce(
    (sum, row) => sum + row.activities.filter((one) => shown[one]).length,
    0,
  );
  const places = new Float64Array(count);
  const rows = new Uint32Array(count);
  const activities = new Uint32Array(count);
  const events = new Uint32Array(count);
  const starts = new Uint32Array(answer.rows.length + 1);
  const originMs = answer.origin ? Date.parse(answer.origin) : 0;
  let at = 0;
  answer.rows.forEach((row, idx) => {
    starts[idx] = at;
    row.times_s.forEach((time, event) => {
      const activity = row.activities[event];
      if (activity === undefined || !shown[activity]) return;
      places[at] = placeOf(order, time, row.start_s, originMs);
      rows[at] = idx;
      activities[at] = activity;
      events[at] = event;
      at += 1;
    });
  });
  starts[answer.rows.length] = at;
  return { places, rows, activities, events, starts, ...endsOf(order.axis, places) };
}

function placeOf(
  { axis, weekStart, offset }: DotsOrder,
  time_s: number,
  start_s: number,
  originMs: number,
): number {
  if (axis === 'absolute') return time_s;
  if (axis === 'relative') return time_s - start_s;
  const instant = originMs + time_s * 1000;
  const local = (instant + offset(instant)) / 1000;
  return modulo(local - FIRST_MONDAY_S - weekStart * DAY_S, WEEK_S);
}

function endsOf(axis: TimeAxis, places: Float64Array): { from: number; to: number } {
  if (axis === 'week') return { from: 0, to: WEEK_S };
  let [from, to] = [axis === 'relative' ? 0 : Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const place of places) {
    if (place < from) from = place;
    if (place > to) to = place;
  }
  return from <= to ? { from, to: to === from ? from + 1 : to } : { from: 0, to: 1 };
}

function modulo(value: number, by: number): number {
  return ((value % by) + by) % by;
}

/** Where the field of a chart lies on its canvas. */
export interface Field {
  left: number;
  top: number;
  width: number;
  height: number;
}

export function rowHeight(field: Field, rowCount: number): number {
  return field.height / Math.max(1, rowCount);
}

export function xOf(dots: Dots, field: Field, place: number): number {
  return field.left + ((place - dots.from) / (dots.to - dots.from)) * field.width;
}

const REACH_PX = 6;

/** The dot nearest to a point of the canvas; nothing where none is near. */
export function dotAt(dots: Dots, field: Field, x: number, y: number): number | null {
  const rowCount = dots.starts.length - 1;
  const height = rowHeight(field, rowCount);
  const first = Math.max(0, Math.floor((y - REACH_PX - field.top) / height));
  const last = Math.min(rowCount - 1, Math.floor((y + REACH_PX - field.top) / height));
  let [best, nearest]: [number | null, number] = [null, REACH_PX * REACH_PX];
  for (let row = first; row <= last; row += 1) {
    const up = field.top + (row + 0.5) * height - y;
    // In a high row every dot of the row is near enough upwards.
    const rise = Math.max(0, Math.abs(up) - height / 2);
    for (let dot = dots.starts[row] ?? 0; dot < (dots.starts[row + 1] ?? 0); dot += 1) {
      const across = xOf(dots, field, dots.places[dot] ?? 0) - x;
      const distance = across * across + rise * rise;
      if (distance <= nearest) [best, nearest] = [dot, distance];
    }
  }
  return best;
}

/** How many dots each activity has, by its place in the answer. */
export function dotCounts(dots: Dots, activityCount: number): number[] {
  const counts = new Array<number>(activityCount).fill(0);
  for (const activity of dots.activities) counts[activity] = (counts[activity] ?? 0) + 1;
  return counts;
}
