import { expect, test } from 'vitest';
import type { MapActivity, MapPath } from '../../api/map';
import {
  activityStops,
  autoActivities,
  DRAWN_PATHS_MAX,
  laidOutPaths,
  nextStop,
  shownActivities,
  shownPaths,
} from './selection';

function path(
  from: string,
  to: string,
  events: number,
  shown_from: number,
  shown: boolean,
): MapPath {
  return { from, to, events, cases: events, overlaps: 0, overlap_s: 0, shown_from, shown };
}

function activity(name: string, events: number, shown_from: number, shown: boolean): MapActivity {
  return { activity: name, events, cases: events, shown_from, shown };
}

/** 50 + 30 are the skeleton, 15 and 5 more: 100 transitions. */
const PATHS = [
  path('a', 'b', 50, 0, true),
  path('b', 'c', 30, 0, true),
  path('a', 'c', 15, 81, true),
  path('c', 'a', 5, 96, false),
];

const ACTIVITIES = [
  activity('a', 10, 0, true),
  activity('b', 8, 26, true),
  activity('c', 3, 51, false),
  activity('d', 1, 76, false),
];

test('auto is what the server shows at first', () => {
  const shown = shownPaths(PATHS, { value: 'auto', rare: false });
  expect(shown.paths).toHaveLength(3);
  expect(shown.coverage).toBe(0.95);
  expect(shown.auto).toBe(95);
  expect(shown.least).toBe(80);
});

test('at 100 everything is shown, at the left end what connects the activities', () => {
  const all = shownPaths(PATHS, { value: 100, rare: false });
  expect([all.paths.length, all.coverage]).toEqual([4, 1]);
  const least = shownPaths(PATHS, { value: 0, rare: false });
  expect(least.paths.map((one) => one.events)).toEqual([50, 30]);
});

test('a path appears exactly at its own value', () => {
  const count = (value: number) => shownPaths(PATHS, { value, rare: false }).paths.length;
  expect([count(80), count(81), count(95), count(96)]).toEqual([2, 3, 3, 4]);
});

test('the rare first: the weakest is added to what connects the activities', () => {
  // The skeleton is 80 %; the rarest (5) appears above it, the next (15) above 85 %.
  const events = (value: number) =>
    shownPaths(PATHS, { value, rare: true }).paths.map((one) => one.events);
  expect(events(80)).toEqual([50, 30]);
  expect(events(81)).toEqual([50, 30, 5]);
  expect(events(86)).toEqual([50, 30, 15, 5]);
});

test('activities follow their slider', () => {
  const names = (value: number | 'auto') =>
    shownActivities(ACTIVITIES, value).map((one) => one.activity);
  expect(names('auto')).toEqual(['a', 'b']);
  expect(names(51)).toEqual(['a', 'b', 'c']);
  expect(names(0)).toEqual(['a']);
  expect(activityStops(ACTIVITIES).get('d')).toBe(76);
  expect(autoActivities(ACTIVITIES)).toBe(26);
});

test('more paths than can be read are left out of the drawing, the skeleton never', () => {
  const many = Array.from({ length: 300 }, (_, idx) => path('a', `${idx}`, 1000 - idx, 90, false));
  const weak = path('x', 'y', 1, 0, true);
  const drawn = laidOutPaths([...many, weak], false);
  expect(drawn).toHaveLength(DRAWN_PATHS_MAX);
  expect(drawn[0]).toBe(weak);
  expect(drawn.at(-1)?.events).toBe(1000 - (DRAWN_PATHS_MAX - 2));
  expect(laidOutPaths(many, true)[0]?.events).toBe(701);
});

test('a log without paths is shown whole', () => {
  const none = shownPaths([], { value: 'auto', rare: false });
  expect([none.coverage, none.least, none.count]).toEqual([1, 100, 0]);
});

test('the next stop is the next change of the picture', () => {
  expect(nextStop([80, 81, 96, 96], 81, 1)).toBe(96);
  expect(nextStop([80, 81, 96], 81, -1)).toBe(80);
  expect(nextStop([80], 80, 1)).toBe(80);
  expect(nextStop([], 5, -1)).toBe(5);
});
