import { expect, test } from 'vitest';
import type { MapActivity, MapOfVersion } from '../../api/map';
import { arrowOfPath, pathId } from '../../pictures/process-map/graph';
import { matches } from './FindActivity';
import { flatness } from './flatness';
import { longestWaits } from './LongestWaits';
import { shareOf } from './share';
import { withSelected } from './useSliders';

function activity(name: string, cases: number): MapActivity {
  return { activity: name, events: cases, cases, shown_from: 0, shown: true };
}

function path(from: string, to: string, cases: number, median: number) {
  const duration_s = { min: 0, mean: median, median, p90: median, max: median, total: median };
  const rest = { overlaps: 0, overlap_s: 0, shown_from: 0, shown: true };
  return { from, to, events: cases, cases, duration_s, ...rest };
}

test('the longest waits leave out what too few cases went through', () => {
  const graph = {
    cases: 100,
    activities: [activity('a', 100), activity('b', 100)],
    paths: [
      path('a', 'b', 90, 60),
      path('b', 'a', 4, 999_999),
      path('b', 'b', 5, 3600),
      path('a', 'a', 50, 0),
    ],
    starts: [],
    ends: [],
  };
  expect(longestWaits(graph).map((one) => one.from + one.to)).toEqual(['bb', 'ab']);
});

test('an activity is found by any part of its name, whatever the width of the letters', () => {
  const all = ['Sales Order', 'Order Closed', 'ＯＲＤＥＲ変更', '請求'].map((one) =>
    activity(one, 1),
  );
  const names = (wanted: string) => matches(all, wanted, 'ja').map((one) => one.activity);
  expect(names('order')).toEqual(['Order Closed', 'ＯＲＤＥＲ変更', 'Sales Order']);
  expect(names('求')).toEqual(['請求']);
  expect(names('x')).toEqual([]);
  expect(names('')).toHaveLength(4);
});

test('100 % is said only of all', () => {
  const percent = (ratio: number) => `${Math.round(ratio * 1000) / 10}%`;
  expect(shareOf(1, percent)).toBe('100%');
  expect(shareOf(0.99999, percent)).toBe('99.9%');
});

test('a selected path that the sliders hide is added, with a way of its own', () => {
  const graph = {
    cases: 10,
    activities: [activity('a', 10), activity('b', 10)],
    paths: [path('a', 'b', 9, 1), path('b', 'a', 1, 1)],
    starts: [],
    ends: [],
  };
  const box = (y: number) => ({ x: 50, y, width: 80, height: 20 });
  const layout = {
    width: 100,
    height: 200,
    direction: 'TB' as const,
    nodes: { a: box(10), b: box(190) },
    routes: {},
  };
  const arrows = graph.paths.map(arrowOfPath).slice(0, 1);
  const scene = { graph, layout, arrows };
  expect(withSelected(arrows, scene, 'a', 'b')).toBe(arrows);
  expect(withSelected(arrows, scene, undefined, undefined)).toBe(arrows);
  expect(withSelected(arrows, scene, 'b', 'x')).toBe(arrows);
  const added = withSelected(arrows, scene, 'b', 'a')[1];
  expect(added).toMatchObject({ id: pathId('b', 'a'), isAdded: true });
  // From the upper side of b to the lower side of a, and not straight through what is between.
  const { points = [], tip } = added?.route ?? {};
  expect(points[0]?.[1]).toBe(180);
  expect(tip?.[1]).toBe(20);
  expect(points.some(([x]) => Math.abs(x - 50) > 20)).toBe(true);
});

function whole(names: string[], events: number, cases: number): MapOfVersion {
  return {
    timeZone: 'UTC',
    total: { cases, events },
    size: { cases, events },
    filters: [],
    map: {
      cases,
      cases_without_events: 0,
      activities: names.map((one) => activity(one, cases)),
      paths: [],
      starts: [],
      ends: [],
      left_out: [],
      method: 'exact',
    },
  };
}

test('a log without a process in it is recognised', () => {
  expect(flatness(whole(['a'], 9, 3))).toEqual({ kind: 'activity', activity: 'a' });
  expect(flatness(whole(['a', 'b'], 3, 3))).toEqual({ kind: 'case' });
  expect(flatness(whole(['a', 'b'], 6, 3))).toBeNull();
  expect(flatness(whole(['a', 'b'], 1, 1))).toBeNull();
});
