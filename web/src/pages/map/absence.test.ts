import { expect, test } from 'vitest';
import type { MapActivity, MapPath } from '../../api/map';
import { absenceOf } from './absence';

function activity(name: string, events: number, shown_from: number): MapActivity {
  return { activity: name, events, cases: events, shown_from, shown: shown_from < 50 };
}

function path(from: string, to: string): MapPath {
  const rest = { overlaps: 0, overlap_s: 0, shown_from: 0, shown: true };
  return { from, to, events: 1, cases: 1, ...rest };
}

const ALL = [activity('a', 9, 0), activity('b', 5, 34), activity('c', 1, 67)];
const GRAPH = {
  cases: 9,
  activities: ALL.slice(0, 2),
  paths: [path('a', 'b')],
  starts: [],
  ends: [],
};

function of(from: string, to?: string) {
  const item =
    to === undefined
      ? ({ kind: 'activity', activity: from } as const)
      : ({ kind: 'path', from, to } as const);
  return absenceOf(item, GRAPH, ALL);
}

test('what is on the map is not absent', () => {
  expect(of('a')).toBeNull();
  expect(of('a', 'b')).toBeNull();
});

test('what the slider hides says from where it is shown, both ends of a path', () => {
  expect(of('c')).toEqual({ kind: 'hidden', from: 67 });
  expect(of('c', 'a')).toEqual({ kind: 'hidden', from: 67 });
});

test('what no case has cannot be shown', () => {
  expect(of('x')).toEqual({ kind: 'unknown', activity: 'x' });
  expect(of('a', 'x')).toEqual({ kind: 'unknown', activity: 'x' });
  expect(of('b', 'a')).toEqual({ kind: 'noPath' });
});
