import { expect, test } from 'vitest';
import type { MapActivity, Spread } from '../../api/map';
import { arrowOfPath, type MapGraph, terminalArrows } from './graph';
import { looksOf } from './looks';
import type { Metric } from './metricNames';

function spread(median: number): Spread {
  return { min: median, mean: median, median, p90: median, max: median, total: median };
}

function activity(name: string, cases: number, wait: number | null): MapActivity {
  const wait_s = wait === null ? null : spread(wait);
  return { activity: name, events: cases, cases, wait_s, shown_from: 0, shown: true };
}

function path(from: string, to: string, cases: number, median: number) {
  const duration_s = spread(median);
  return {
    from,
    to,
    events: cases,
    cases,
    duration_s,
    overlaps: 0,
    overlap_s: 0,
    shown_from: 0,
    shown: true,
  };
}

/** 100 cases a → b; two of them are opened again after a year. */
const GRAPH: MapGraph = {
  cases: 100,
  activities: [activity('a', 100, 60), activity('b', 102, 9_000_000)],
  paths: [path('a', 'b', 100, 60), path('b', 'a', 2, 9_000_000), path('a', 'a', 10, 0)],
  starts: [
    { activity: 'a', cases: 98 },
    { activity: 'b', cases: 2 },
  ],
  ends: [{ activity: 'b', cases: 100 }],
};

function looks(metric: Metric) {
  const arrows = [...GRAPH.paths.map(arrowOfPath), ...terminalArrows(GRAPH)];
  const palette = {
    activity: (share: number) => (share > 0.5 ? '#0b3774' : '#e9f1fb'),
    path: (share: number) => `path ${share}`,
    mutedActivity: '#eeeeee',
    mutedPath: 'muted',
    terminal: 'dotted',
  };
  return { all: arrows, ...looksOf({ graph: GRAPH, arrows, metric, palette, write: String }) };
}

test('what too few cases took is written, but takes no part in the colours', () => {
  const { all, arrows, activities, pathDomain } = looks('median');
  expect(arrows.get(all[1]?.id ?? '')).toMatchObject({
    colour: 'muted',
    value: '9000000',
    place: null,
  });
  expect(activities.get('b')).toMatchObject({ fill: '#eeeeee', place: null, value: '9000000' });
  expect(pathDomain).toEqual({ least: 0, most: 60 });
});

test('counts are never muted', () => {
  const { all, arrows } = looks('cases');
  expect(arrows.get(all[1]?.id ?? '')).toMatchObject({ colour: 'path 0', value: '2' });
});

test('starts and ends have no time, and are never coloured', () => {
  const { all, arrows } = looks('median');
  const start = arrows.get(all[3]?.id ?? '');
  expect(start).toMatchObject({ colour: 'dotted', value: '' });
});

test('the ink follows the fill', () => {
  const { activities } = looks('cases');
  expect(activities.get('a')?.ink).toBe('#04060a');
  expect(activities.get('b')?.ink).toBe('#ffffff');
});

test('widths mean cases under every metric', () => {
  const width = (metric: Metric) => {
    const { all, arrows } = looks(metric);
    return arrows.get(all[0]?.id ?? '')?.width;
  };
  expect(width('median')).toBe(width('cases'));
  expect(looks('median').widthDomain).toEqual({ least: 2, most: 100 });
});

test('a rare start is a stub, a frequent one has its way', () => {
  const [often, rarely] = terminalArrows(GRAPH);
  expect([often?.isStub, rarely?.isStub]).toEqual([false, true]);
});

test('what a selection adds changes neither colour nor width of the others', () => {
  const graph = { ...GRAPH, paths: [...GRAPH.paths, path('b', 'b', 400, 7_000)] };
  const [first, , , added] = graph.paths.map(arrowOfPath);
  if (!first || !added) throw new Error('paths');
  const palette = {
    activity: () => '#e9f1fb',
    path: (share: number) => `path ${share}`,
    mutedActivity: '#eeeeee',
    mutedPath: 'muted',
    terminal: 'dotted',
  };
  const of = (arrows: (typeof first)[]) =>
    looksOf({ graph, arrows, metric: 'median', palette, write: String });
  const [without, withAdded] = [of([first]), of([first, { ...added, isAdded: true }])];
  expect(withAdded.arrows.get(first.id)).toEqual(without.arrows.get(first.id));
  expect(withAdded.pathDomain).toEqual(without.pathDomain);
  expect(withAdded.widthDomain).toEqual(without.widthDomain);
  expect(withAdded.arrows.get(added.id)?.width).toBe(without.arrows.get(first.id)?.width);
});
