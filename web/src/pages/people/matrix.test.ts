import { expect, test } from 'vitest';
import type { HandoversAnswer } from '../../api/handovers';
import { golden } from '../explore/testing';
import { nextCell } from './HeatTable';
import { matrixOf, strengthOf } from './matrix';

const ANSWER = golden<{ tiles: [{ answer: HandoversAnswer }] }>('handovers').tiles[0].answer;

test('rows hand over and columns take over, those with most cases first', () => {
  const { people, cells, most } = matrixOf(ANSWER, 15, 'handovers');
  expect(people).toEqual(['Amélie', 'Benoît', 'Chloé']);
  const counts = cells.map((line) => line.map((cell) => cell?.handovers ?? 0));
  // By hand: D-1001 A→B→C→A→A, D-1002 A→B→C→C→A→A, D-1003 B→A, D-1004 A→B→C→A→A.
  expect(counts).toEqual([
    [3, 3, 0],
    [1, 0, 3],
    [3, 0, 1],
  ]);
  expect(most).toBe(3);
});

test('only the people with most cases stand in a small matrix', () => {
  const { people, cells } = matrixOf(ANSWER, 2, 'cases');
  expect(people).toEqual(['Amélie', 'Benoît']);
  expect(cells.map((line) => line.map((cell) => cell?.cases ?? 0))).toEqual([
    [3, 3],
    [1, 0],
  ]);
});

test('who is not known takes no place of somebody who is', () => {
  const [first, ...others] = ANSWER.resources;
  const unknown = { resource: null, events: 3, cases: 3 };
  const answer = { ...ANSWER, resources: [first, unknown, ...others] as typeof ANSWER.resources };
  expect(matrixOf(answer, 2, 'cases').people).toEqual(['Amélie', null, 'Benoît']);
});

test('small values stand out from nothing', () => {
  expect([strengthOf(null, 9), strengthOf(1, 9), strengthOf(9, 9)]).toEqual([0, 1 / 3, 1]);
  expect(strengthOf(5, 0)).toBe(0);
});

test('arrow keys skip cells that say nothing and stop at the border', () => {
  const { cells } = matrixOf(ANSWER, 15, 'handovers');
  expect(nextCell(cells, [0, 1], 'ArrowDown')).toBeNull();
  expect(nextCell(cells, [1, 0], 'ArrowRight')).toEqual([1, 2]);
  expect(nextCell(cells, [0, 0], 'ArrowUp')).toBeNull();
  expect(nextCell(cells, [0, 0], 'Enter')).toBeNull();
});
