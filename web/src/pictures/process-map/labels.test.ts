import { expect, test } from 'vitest';
import { curve, headCorners } from './curves';
import { LABEL_HEIGHT, type LabelRequest, placeLabels, type Way } from './labels';
import type { Point, Route } from './layout';

function straight(from: Point, to: Point) {
  const between = (share: number): Point => [
    from[0] + (to[0] - from[0]) * share,
    from[1] + (to[1] - from[1]) * share,
  ];
  return curve({ points: [from, between(1 / 3), between(2 / 3), to], tip: to });
}

function label(id: string, strength: number, from: Point, to: Point): LabelRequest {
  return { id, strength, textWidth: 28, lineWidth: 2, curve: straight(from, to) };
}

test('a free value stands in the middle of its path', () => {
  const placed = placeLabels([label('a', 1, [0, 0], [0, 200])], []).get('a');
  expect(placed).toMatchObject({ width: 40, isPlaced: true });
  expect(placed?.x).toBeCloseTo(0);
  expect(placed?.y).toBeCloseTo(100);
});

test('the stronger path has the first choice', () => {
  const labels = placeLabels(
    [label('weak', 1, [-100, 100], [100, 100]), label('strong', 9, [0, 0], [0, 200])],
    [],
  );
  expect(labels.get('strong')?.y).toBeCloseTo(100);
  expect(Math.abs(labels.get('weak')?.x ?? 0)).toBeGreaterThanOrEqual(15);
  expect(labels.get('weak')?.isPlaced).toBe(true);
});

test('no value touches an activity or another value', () => {
  const nodes = [{ x: 0, y: 100, width: 60, height: 60 }];
  const requests = Array.from({ length: 12 }, (_, idx) =>
    label(`p${idx}`, 12 - idx, [idx * 7 - 40, 0], [idx * 7 - 40, 200]),
  );
  const placed = [...placeLabels(requests, nodes).values()].filter((one) => one.isPlaced);
  expect(placed.length).toBeGreaterThan(3);
  const boxes = [
    ...nodes,
    ...placed.map(({ x, y, width }) => ({ x, y, width, height: LABEL_HEIGHT })),
  ];
  for (const [idx, one] of boxes.entries()) {
    for (const other of boxes.slice(idx + 1)) {
      const apartX = Math.abs(one.x - other.x) * 2 >= one.width + other.width - 1e-6;
      const apartY = Math.abs(one.y - other.y) * 2 >= one.height + other.height - 1e-6;
      expect(apartX || apartY).toBe(true);
    }
  }
});

test('on a short path the value stands beside it', () => {
  const placed = placeLabels([label('a', 1, [0, 0], [0, 30])], []).get('a');
  expect(placed?.isPlaced).toBe(true);
  expect(Math.abs(placed?.x ?? 0)).toBeCloseTo(22);
});

test('without room it is hidden, and waits in the middle', () => {
  const everything = { x: 0, y: 100, width: 400, height: 400 };
  const placed = placeLabels([label('a', 1, [0, 0], [0, 200])], [everything]).get('a');
  expect(placed).toMatchObject({ isPlaced: false });
  expect(placed?.y).toBeCloseTo(100);
});

function way(id: string, from: Point, to: Point, isDrawn = true): Way {
  const between = (share: number): Point => [
    from[0] + (to[0] - from[0]) * share,
    from[1] + (to[1] - from[1]) * share,
  ];
  const route: Route = { points: [from, between(1 / 3), between(2 / 3), to], tip: to };
  const { points, length } = curve(route);
  return { id, points, length, head: headCorners(route, 2), isDrawn };
}

test('a value hides no arrowhead and no other path, shown or not', () => {
  // Two short paths beside each other, to and fro: the value of one would lie on the other.
  const [there, back] = [
    [
      [0, 0],
      [0, 30],
    ],
    [
      [12, 30],
      [12, 0],
    ],
  ] as const;
  for (const isDrawn of [true, false]) {
    const ways = [way('there', ...there), way('back', ...back, isDrawn)];
    const requests = [label('there', 9, ...there), label('back', 1, ...back)];
    const labels = placeLabels(requests, [], ways);
    expect(labels.get('there')).toMatchObject({ isPlaced: true });
    expect(labels.get('there')?.x).toBeCloseTo(-22);
    expect(labels.get('back')).toMatchObject({ isPlaced: true });
    expect(labels.get('back')?.x).toBeCloseTo(34);
  }
});

test('a value does not run along another path, and may cross it', () => {
  const request = label('a', 1, [0, 0], [0, 200]);
  const across = way('b', [-100, 100], [100, 100]);
  const other = placeLabels([request], [], [across]).get('a');
  expect(Math.abs((other?.y ?? 0) - 100)).toBeGreaterThanOrEqual(LABEL_HEIGHT / 2);
  const steep = way('b', [-4, 0], [4, 220]);
  expect(placeLabels([request], [], [steep]).get('a')?.y).toBeCloseTo(100);
});

test('the value of a loop stands outside of it, and not on its line', () => {
  const route: Route = {
    points: [
      [0, -9],
      [40, -25],
      [40, 25],
      [0, 9],
    ],
    tip: [0, 9],
  };
  const loop = { id: 'a', strength: 1, textWidth: 28, lineWidth: 8, curve: curve(route) };
  const far = Math.max(...loop.curve.points.map(([x]) => x));
  const placed = placeLabels([{ ...loop, isLoop: true }], []).get('a');
  expect(placed?.isPlaced).toBe(true);
  expect((placed?.x ?? 0) - (placed?.width ?? 0) / 2).toBeGreaterThan(far + 4);
  expect(placed?.y).toBeCloseTo(0);
  const beside = { x: far + 30, y: 0, width: 40, height: 10 };
  const above = placeLabels([{ ...loop, isLoop: true }], [beside]).get('a');
  expect(above?.isPlaced).toBe(true);
  expect((above?.y ?? 0) + LABEL_HEIGHT / 2).toBeLessThan(-10);
});
