import { expect, test } from 'vitest';
import { barPath, linePath, rangeBetween, steppedEdge } from './range';
import { countTicks, durationTicks, everyNth, roundStep } from './ticks';

const DAY = 86_400;

test('counts have round lines from zero to above the largest', () => {
  expect(countTicks(1780, 4)).toEqual([0, 500, 1000, 1500, 2000]);
  expect(countTicks(3, 4)).toEqual([0, 1, 2, 3]);
  expect(countTicks(0, 4)).toEqual([0, 1]);
});

test.each([
  [90, 5, 'second', [0, 30, 60, 90]],
  [2 * 3600, 4, 'minute', [0, 30, 60, 90, 120].map((one) => one * 60)],
  [2 * DAY, 4, 'hour', [0, 12, 24, 36, 48].map((one) => one * 3600)],
  [445 * DAY, 8, 'day', [0, 100, 200, 300, 400].map((one) => one * DAY)],
] as const)('durations up to %i s have lines in one unit', (max, most, unit, ticks) => {
  expect(durationTicks(max, most)).toEqual({ unit, ticks });
});

test('durations of many years have lines in years', () => {
  const { unit, ticks } = durationTicks(12 * 365.25 * DAY, 4);
  expect([unit, ticks.map((one) => one / (365.25 * DAY))]).toEqual(['year', [0, 5, 10]]);
});

test('steps are 1, 2 or 5 times a power of ten', () => {
  expect([0.3, 1, 1.1, 3, 7, 20, 21].map(roundStep)).toEqual([0.5, 1, 2, 5, 10, 20, 50]);
});

test('names are left out until they have room', () => {
  expect(everyNth(12, 1200, 80)).toBe(1);
  expect(everyNth(44, 880, 80)).toBe(4);
});

test('a range takes whole bins, whichever way it is drawn', () => {
  const edges = [0, 10, 20, 30];
  expect(rangeBetween(edges, 12, 27)).toEqual({ from: 10, to: 30 });
  expect(rangeBetween(edges, 27, 12)).toEqual({ from: 10, to: 30 });
  expect(rangeBetween(edges, 12, 12)).toEqual({ from: 10, to: 20 });
  expect(rangeBetween(edges, 10, 20)).toEqual({ from: 10, to: 20 });
  expect(rangeBetween(edges, -5, 3)).toEqual({ from: 0, to: 10 });
  expect(rangeBetween(edges, -5, -1)).toBeNull();
  expect(rangeBetween(edges, 40, 41)).toBeNull();
});

test('keys move an end of a range from edge to edge, never past the other', () => {
  const edges = [0, 10, 20, 30];
  const range = { from: 10, to: 20 };
  expect(steppedEdge(edges, range, 'from', 'ArrowLeft')).toBe(0);
  expect(steppedEdge(edges, range, 'from', 'ArrowRight')).toBe(10);
  expect(steppedEdge(edges, range, 'to', 'ArrowRight')).toBe(30);
  expect(steppedEdge(edges, range, 'to', 'Home')).toBe(20);
  expect(steppedEdge(edges, range, 'to', 'End')).toBe(30);
  expect(steppedEdge(edges, range, 'to', 'a')).toBeNull();
});

test('a line breaks where nothing is known', () => {
  expect(linePath([[0, 1], [1, 2], null, [3, 4]])).toBe('M0,1L1,2M3,4');
});

test('a bar without height is not drawn', () => {
  expect(barPath(0, 10, 5, 5)).toBe('');
  expect(barPath(0, 10, 0, 5)).toContain('M0,5');
});
