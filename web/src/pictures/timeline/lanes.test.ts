import { expect, test } from 'vitest';
import { lanesOf, longestGaps, placeIn, spanOf, type TimelineEvent, ticksOf } from './lanes';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

function event(
  idx: number,
  activity: string,
  person: string | null,
  end_ms: number,
  start_ms: number | null = null,
): TimelineEvent {
  return { idx, activity, person, end_ms, start_ms };
}

const EVENTS = [
  event(0, 'order', 'Ann', 0),
  event(1, 'check', 'Bob', 2 * HOUR, HOUR),
  event(2, 'order', null, 10 * HOUR),
];

test('lanes stand in the order in which they first occur', () => {
  const names = (kind: 'activity' | 'person') => lanesOf(EVENTS, kind).map((lane) => lane.name);
  expect(names('activity')).toEqual(['order', 'check']);
  expect(names('person')).toEqual(['Ann', 'Bob', null]);
  expect(lanesOf(EVENTS, 'activity')[0]?.events.map((one) => one.idx)).toEqual([0, 2]);
});

test('the span reaches from the first start to the last end', () => {
  expect(spanOf(EVENTS)).toEqual({ from_ms: 0, to_ms: 10 * HOUR });
  expect(spanOf([event(0, 'a', null, 5 * HOUR, HOUR)])).toEqual({
    from_ms: HOUR,
    to_ms: 5 * HOUR,
  });
  expect(spanOf([])).toBeNull();
});

test('an event stands where its time is; all are at the beginning when all is at once', () => {
  expect(placeIn({ from_ms: 0, to_ms: 10 }, 5)).toBe(0.5);
  expect(placeIn({ from_ms: 7, to_ms: 7 }, 7)).toBe(0);
});

test('a gap is a time in which nothing was done', () => {
  // 0–1 h is too short against 10 h; 2–10 h is empty.
  expect(longestGaps(EVENTS)).toEqual([{ from_ms: 2 * HOUR, to_ms: 10 * HOUR, wait_s: null }]);
  const busy = [event(0, 'a', null, 10 * HOUR, 0), event(1, 'b', null, 6 * HOUR)];
  expect(longestGaps(busy)).toEqual([]);
  expect(longestGaps([])).toEqual([]);
});

test('of many gaps the three longest are shown, in their order', () => {
  const days = [0, 20, 35, 60, 78].map((day, idx) => event(idx, 'a', null, day * DAY));
  expect(longestGaps(days).map(({ from_ms }) => from_ms / DAY)).toEqual([0, 35, 60]);
});

test('times below the axis are as many as there is room for', () => {
  const span = { from_ms: 0, to_ms: 10 * DAY };
  expect(ticksOf(span, 5)).toEqual({
    at_ms: [0, 2, 4, 6, 8, 10].map((day) => day * DAY),
    hasTimeOfDay: false,
  });
  expect(ticksOf({ from_ms: 0, to_ms: 4 * HOUR }, 4).hasTimeOfDay).toBe(true);
  expect(ticksOf({ from_ms: 3, to_ms: 3 }, 4).at_ms).toEqual([3]);
  expect(ticksOf({ from_ms: 0, to_ms: 400 * 365 * DAY }, 4).at_ms).toHaveLength(5);
});

test('a gap between days is as long as the server says', () => {
  const day = (idx: number, days: number, wait_s: number | null) => ({
    activity: 'a',
    person: null,
    start_ms: null,
    end_ms: days * 86_400_000,
    idx,
    isDay: true,
    wait_s,
  });
  // Summer time begins between them: ten days are an hour less than 240 hours.
  const late = { ...day(1, 10, 864_000), end_ms: 10 * 86_400_000 - 3_600_000 };
  expect(longestGaps([day(0, 0, null), late]).map((gap) => gap.wait_s)).toEqual([864_000]);
  const plain = [day(0, 0, null), { ...late, isDay: false, wait_s: null }];
  expect(longestGaps(plain).map((gap) => gap.wait_s)).toEqual([null]);
});
