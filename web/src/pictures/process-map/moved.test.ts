import { expect, test } from 'vitest';
import type { Arrow } from './graph';
import type { Layout } from './layout';
import { withMoved } from './moved';
import { movedFurther, validMoved } from './movedBy';

const box = (x: number, y: number) => ({ x, y, width: 100, height: 36 });
const LAYOUT: Layout = {
  width: 400,
  height: 400,
  direction: 'TB',
  nodes: { a: box(100, 20), b: box(100, 120), c: box(300, 120) },
  routes: {
    ab: {
      points: [
        [100, 38],
        [100, 60],
        [100, 80],
        [100, 92],
      ],
      tip: [100, 102],
    },
    ac: {
      points: [
        [120, 38],
        [200, 60],
        [280, 80],
        [300, 92],
      ],
      tip: [300, 102],
    },
    cc: {
      points: [
        [350, 110],
        [380, 100],
        [380, 140],
        [350, 130],
      ],
      tip: [350, 130],
    },
  },
};
const arrow = (id: string, from: string, to: string): Arrow => ({
  id,
  from,
  to,
  cases: 1,
  events: 1,
});
const ARROWS = [arrow('ab', 'a', 'b'), arrow('ac', 'a', 'c'), arrow('cc', 'c', 'c')];

test('without a move the layout is the same one', () => {
  expect(withMoved(LAYOUT, undefined, ARROWS)).toBe(LAYOUT);
  expect(withMoved(LAYOUT, { gone: [10, 10] }, ARROWS)).toBe(LAYOUT);
});

test('a path begins where its activity is and ends where it ended; others stay', () => {
  const { nodes, routes } = withMoved(LAYOUT, { c: [30, 15] }, ARROWS);
  expect(nodes.c).toEqual(box(330, 135));
  expect(nodes.a).toBe(LAYOUT.nodes.a);
  expect(routes.ab).toBe(LAYOUT.routes.ab);
  // The points move by none, a third, two thirds and all of it.
  expect(routes.ac).toEqual({
    points: [
      [120, 38],
      [210, 65],
      [300, 90],
      [330, 107],
    ],
    tip: [330, 117],
  });
  // A path back to the same activity moves with it.
  expect(routes.cc?.points[0]).toEqual([380, 125]);
});

test('a path whose ends have changed sides goes straight, from border to border', () => {
  const { routes, nodes } = withMoved(LAYOUT, { b: [0, -200] }, ARROWS);
  expect(nodes.b?.y).toBe(-80);
  const [first] = routes.ab?.points ?? [];
  // It leaves the upper border of `a`, which is now below, and reaches the lower one of `b`.
  expect(first?.[1]).toBe(2);
  expect(routes.ab?.tip[1]).toBe(-62);
});

test('an address says how far, in whole steps, and nonsense is left out', () => {
  expect(validMoved({ a: [10.4, -3], b: 'x', c: [1], d: [0, 0], e: [1e9, 0] })).toEqual({
    a: [10, -3],
  });
  for (const none of [undefined, null, 'a', 7, [], {}, { a: [0, 0] }]) {
    expect(validMoved(none)).toBeUndefined();
  }
  const many = Object.fromEntries(Array.from({ length: 90 }, (_, idx) => [`a${idx}`, [1, 1]]));
  expect(Object.keys(validMoved(many) ?? {})).toHaveLength(60);
});

test('moves add up, and one that leads back is none', () => {
  const once = movedFurther(undefined, 'a', [16, 0]);
  expect(movedFurther(once, 'a', [16, 8])).toEqual({ a: [32, 8] });
  expect(movedFurther(once, 'a', [-16, 0])).toBeUndefined();
  expect(movedFurther(once, 'b', [0, 1])).toEqual({ a: [16, 0], b: [0, 1] });
});
