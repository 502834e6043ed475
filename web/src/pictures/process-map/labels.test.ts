import { expect, test } from 'vitest';
import { curve } from './curves';
import { LABEL_HEIGHT, type LabelRequest, placeLabels } from './labels';
import type { Point } from './layout';

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
