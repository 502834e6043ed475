import { expect, test } from 'vitest';
import { drawnBounds, edgesOf, movedBound } from './bounds';

const BINS = [0, 10, 20, 30].map((from) => ({ from, to: from + 10, count: 1 }));
const EDGES = edgesOf(BINS);

test('a histogram has one edge more than bins', () => {
  expect(EDGES).toEqual([0, 10, 20, 30, 40]);
  expect(edgesOf([])).toEqual([]);
});

test('what is drawn takes in every bin that it touches, from left or right', () => {
  expect(drawnBounds(EDGES, 12, 27)).toEqual({ from: 10, to: 30 });
  expect(drawnBounds(EDGES, 27, 12)).toEqual({ from: 10, to: 30 });
  expect(drawnBounds(EDGES, 12, 13)).toEqual({ from: 10, to: 20 });
  expect(drawnBounds(EDGES, 20, 20)).toEqual({ from: 20, to: 30 });
});

test('at an end of the histogram there is no bound', () => {
  expect(drawnBounds(EDGES, -5, 12)).toEqual({ from: undefined, to: 20 });
  expect(drawnBounds(EDGES, 12, 99)).toEqual({ from: 10, to: undefined });
});

test('keys move a bound from edge to edge, and never past the other one', () => {
  const at = (from: number, to: number) => ({ from, to });
  expect(movedBound(EDGES, at(10, 30), 'from', 'ArrowRight')).toEqual({ from: 20, to: 30 });
  expect(movedBound(EDGES, at(20, 30), 'from', 'ArrowRight')).toEqual({ from: 20, to: 30 });
  expect(movedBound(EDGES, at(10, 30), 'from', 'Home')).toEqual({ from: undefined, to: 30 });
  expect(movedBound(EDGES, at(10, 30), 'to', 'End')).toEqual({ from: 10, to: undefined });
  // A bound that was typed lies between edges.
  expect(movedBound(EDGES, at(13, 30), 'from', 'ArrowLeft')).toEqual({ from: 10, to: 30 });
  expect(movedBound(EDGES, at(13, 30), 'from', 'ArrowRight')).toEqual({ from: 20, to: 30 });
  expect(movedBound(EDGES, at(10, 30), 'from', 'Tab')).toBeUndefined();
});
