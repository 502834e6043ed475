import { expect, test } from 'vitest';
import type { SavedTarget, Target } from '../../api/targets';
import { isFor } from '../../api/targets';
import type { MapGraph } from '../../pictures/process-map/graph';
import {
  kindsOf,
  limitsOf,
  overFilters,
  overOnMap,
  overTime,
  partsOf,
  secondsOf,
  sharesOf,
  targetFor,
} from './targets';

const ALL = { version: '1@1', filters: [], activities: null, auxiliary: false };
const PATH: Target = { of: 'path', from: 'a', to: 'b', at_most_s: 60 };
const WAIT: Target = { of: 'wait', activity: 'a', at_most_s: 60 };
const WORK: Target = { of: 'work', activity: 'a', at_most_s: 60 };

function saved(target: Target): SavedTarget {
  return { kind: 'target', id: 1, name: '', created_at: '', updated_at: '', target };
}

test('what is over a target takes longer, by as little as there is', () => {
  expect(overTime(60)).toBe(60.000001);
  expect(overFilters(PATH, ALL)).toEqual([
    { kind: 'follows', from: ['a'], to: ['b'], mode: 'directly', after_s: 60.000001 },
  ]);
  expect(overFilters(WAIT, { ...ALL, auxiliary: true })).toEqual([
    {
      kind: 'activity_time',
      activities: ['a'],
      measure: 'wait',
      min_s: 60.000001,
      auxiliary: true,
    },
  ]);
  expect(overFilters({ of: 'case', at_most_s: 60 }, ALL, ['c'])).toEqual([
    { kind: 'duration', min_s: 60.000001, ends: ['c'] },
  ]);
});

test('where activities are hidden, what follows is what follows on the map', () => {
  const some = { ...ALL, activities: ['a', 'b'] };
  const hidden = { kind: 'event_activity', activities: ['a', 'b'] };
  expect(overFilters(PATH, some)[0]).toEqual(hidden);
  expect(overFilters(WAIT, some)[0]).toEqual(hidden);
  // Work does not depend on what else there is.
  expect(overFilters(WORK, some)).toHaveLength(1);
});

test('a target is found by what it is for, whatever its time', () => {
  const all = [saved(PATH), saved(WAIT)];
  expect(targetFor(all, { of: 'wait', activity: 'a' })).toBe(all[1]);
  expect(targetFor(all, { of: 'work', activity: 'a' })).toBeUndefined();
  expect(isFor(PATH, { to: 'b', from: 'a', of: 'path' })).toBe(true);
  expect(limitsOf(all)).toEqual({ path: 60, wait: 60 });
  expect(kindsOf({ kind: 'activity', activity: 'a' }, true).map(({ of }) => of)).toEqual([
    'work',
    'wait',
  ]);
});

const spread = (median: number) => ({
  min: 0,
  mean: median,
  median,
  p90: 2 * median,
  max: 3 * median,
  total: 9 * median,
});

function graphOf(path_s: number, wait_s: number, work_s: number | null): MapGraph {
  const a = { activity: 'a', events: 1, cases: 1, wait_s: spread(wait_s) };
  const own = work_s === null ? null : spread(work_s);
  const path = { from: 'a', to: 'b', events: 1, cases: 1, duration_s: spread(path_s) };
  return { cases: 1, activities: [{ ...a, duration_s: own }], paths: [path] } as never;
}

test('only what is shown is held against a target of the same', () => {
  const marked = (graph: MapGraph, metric: 'median' | 'p90' | 'total' | 'cases') => {
    const { activities, arrows } = overOnMap([PATH, WAIT].map(saved), graph, metric, false);
    return [activities.size, arrows.size];
  };
  expect(marked(graphOf(60, 60, null), 'median')).toEqual([0, 0]);
  expect(marked(graphOf(61, 61, null), 'median')).toEqual([1, 1]);
  expect(marked(graphOf(31, 31, null), 'p90')).toEqual([1, 1]);
  // A total is of all passages, and a count is no time.
  expect(marked(graphOf(61, 61, null), 'total')).toEqual([0, 0]);
  expect(marked(graphOf(61, 61, null), 'cases')).toEqual([0, 0]);
  // Where its work is shown, a target of the wait says nothing.
  expect(marked(graphOf(61, 61, 99), 'median')).toEqual([0, 1]);
});

test('times are taken apart and put together again', () => {
  expect(partsOf(93_784)).toEqual({ days: 1, hours: 2, minutes: 3.066667 });
  for (const seconds of [1, 59, 60, 3_599, 93_784, 31_557_600_000]) {
    expect(secondsOf(partsOf(seconds))).toBe(seconds);
  }
});

test('shares are those of paths', () => {
  const figures = { passages: 2, measured: 2, within: 1, share: 0.5, cases: 1, cases_over: 1 };
  const shares = sharesOf([PATH, WAIT].map((target) => ({ target, ...figures })));
  expect([...shares.values()]).toEqual([0.5]);
});
