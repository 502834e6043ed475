import { expect, test } from 'vitest';
import { categories, categoryOf, NEUTRAL } from './colours';
import { curvePoints, placeOf, rankReaching, ranksBetween, rankTicks, sharesOf } from './curve';
import { fitting, runsOf } from './runs';

test('the most frequent activities have a colour each, all others share the neutral one', () => {
  const activities = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i'];
  const known = categories(activities);
  expect(activities.map((one) => categoryOf(known, one))).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 8]);
  expect(categoryOf(known, 'unknown')).toBe(NEUTRAL);
});

test('repetitions in a row are one step', () => {
  expect(runsOf(['a', 'a', 'b', 'a'])).toEqual([
    { activity: 'a', times: 2 },
    { activity: 'b', times: 1 },
    { activity: 'a', times: 1 },
  ]);
  expect(runsOf([])).toEqual([]);
});

test('what does not fit is counted, and room is left for the number', () => {
  const runs = runsOf(['a', 'b', 'c', 'd']);
  expect(fitting(runs, 40, 10)).toEqual({ shown: runs, hidden: 0 });
  expect(fitting(runs, 39, 9).hidden).toBe(0);
  expect(fitting(runs, 55, 15)).toEqual({ shown: runs.slice(0, 1), hidden: 3 });
  expect(fitting(runs, 0, 10)).toEqual({ shown: runs.slice(0, 1), hidden: 3 });
});

test('the axis begins before the first rank and ends after the last', () => {
  expect(placeOf(0, 1000)).toBe(0);
  expect(placeOf(1000, 1000)).toBe(1);
  expect(placeOf(1, 3)).toBeCloseTo(0.5);
  expect(placeOf(0, 0)).toBe(0);
});

test('a brush takes every rank it touches', () => {
  expect(ranksBetween(0, 1, 1000)).toEqual([1, 1000]);
  expect(ranksBetween(1, 0, 1000)).toEqual([1, 1000]);
  for (const rank of [1, 2, 17, 400, 999]) {
    expect(ranksBetween(placeOf(rank - 1, 1000), placeOf(rank, 1000), 1000)).toEqual([rank, rank]);
  }
  expect(ranksBetween(placeOf(4, 9), placeOf(4, 9), 9)).toEqual([5, 5]);
  expect(ranksBetween(0, 0, 9)).toEqual([1, 1]);
  expect(ranksBetween(1, 1, 9)).toEqual([9, 9]);
});

test('the curve runs through what is known and leaves out what nobody can tell apart', () => {
  expect(curvePoints([0.5, 1])).toEqual([
    [0, 0],
    [placeOf(1, 2), 0.5],
    [1, 1],
  ]);
  const shares = Array.from({ length: 100_000 }, (_, idx) => (idx + 1) / 100_000);
  const points = curvePoints(shares);
  expect(points.length).toBeLessThan(650);
  expect(points.at(-1)).toEqual([1, 1]);
  expect(curvePoints([])).toEqual([[0, 0]]);
});

test('the shares of ranks follow from how many variants have how many cases', () => {
  const sizes = [
    { cases: 5, variants: 1 },
    { cases: 2, variants: 2 },
    { cases: 1, variants: 1 },
  ];
  expect(sharesOf(sizes, 10)).toEqual([0.5, 0.7, 0.9, 1]);
  expect(sharesOf([], 0)).toEqual([]);
});

test('the rank at which most cases are covered is the first that reaches the share', () => {
  expect(rankReaching([0.4, 0.8, 0.9], 0.8)).toBe(2);
  expect(rankReaching([0.4, 1], 0.8)).toBe(2);
});

test('ranks below the axis keep apart', () => {
  expect(rankTicks(0)).toEqual([]);
  expect(rankTicks(7)).toEqual([1, 2, 5]);
  const ticks = rankTicks(100_000);
  expect(ticks[0]).toBe(1);
  expect(ticks.length).toBeLessThan(18);
});
