import { expect, test } from 'vitest';
import { type Arrow, END, pathId, START } from './graph';
import { following, inReadingOrder, walk } from './walk';

function arrow(from: string, to: string, cases: number): Arrow {
  return { id: pathId(from, to), from, to, cases, events: cases };
}

const ARROWS = [
  arrow(START, 'a', 10),
  arrow('a', 'b', 6),
  arrow('a', 'c', 3),
  arrow('a', 'd', 1),
  arrow('a', 'a', 9),
  arrow('b', 'e', 6),
  arrow('c', 'e', 3),
  arrow('e', END, 9),
];

test('down follows the strongest path, never a loop and never the end', () => {
  expect(walk('a', 'next', ARROWS, null)).toBe('b');
  expect(walk('e', 'next', ARROWS, null)).toBeNull();
});

test('up goes back along the strongest path', () => {
  expect(walk('e', 'previous', ARROWS, null)).toBe('b');
  expect(walk('a', 'previous', ARROWS, null)).toBeNull();
});

test('left and right visit the other branches, strongest first, round and round', () => {
  expect(walk('b', 'right', ARROWS, 'a')).toBe('c');
  expect(walk('c', 'right', ARROWS, 'a')).toBe('d');
  expect(walk('d', 'right', ARROWS, 'a')).toBe('b');
  expect(walk('b', 'left', ARROWS, null)).toBe('d');
});

test('an only way has no other branch', () => {
  expect(walk('e', 'right', ARROWS, 'b')).toBeNull();
  expect(walk('a', 'left', ARROWS, null)).toBeNull();
});

test('equally strong paths go by name', () => {
  expect(following('x', [arrow('x', 'z', 2), arrow('x', 'y', 2)])).toEqual(['y', 'z']);
});

test('reading goes along the direction of the layout', () => {
  const at = (name: string) => ({ a: { x: 9, y: 0 }, b: { x: 0, y: 5 }, c: { x: 4, y: 5 } })[name];
  expect(inReadingOrder(['c', 'b', 'a'], at, true)).toEqual(['a', 'b', 'c']);
  expect(inReadingOrder(['c', 'b', 'a'], at, false)).toEqual(['b', 'c', 'a']);
});
