import { expect, test } from 'vitest';
import { type Arrow, pathId } from './graph';
import type { Layout } from './layout';
import { boundsOf, placeOnStage, zoomedAt } from './place';

const SIDES = { top: 10, right: 10, bottom: 10, left: 10 };
const NOTHING = { width: 0, height: 0 };
const STAGE = { width: 420, height: 420 };

function layout(...boxes: [x: number, y: number][]): Layout {
  const nodes = boxes.map(([x, y], idx) => [`${idx}`, { x, y, width: 40, height: 20 }] as const);
  return {
    width: 1000,
    height: 1000,
    direction: 'TB',
    nodes: Object.fromEntries(nodes),
    routes: {},
  };
}

test('the drawing fills the stage and stands in its middle', () => {
  const drawing = layout([20, 10], [20, 790]);
  const bounds = boundsOf(drawing, []);
  expect(bounds).toEqual({ left: 0, top: 0, right: 40, bottom: 800 });
  const insets = { ...SIDES, upper: NOTHING, lower: NOTHING };
  expect(placeOnStage(drawing, bounds, STAGE, insets, 0)).toEqual({ k: 0.5, x: 200, y: 10 });
});

test('hidden paths take no room', () => {
  const drawing = layout([100, 100]);
  const id = pathId('0', '0');
  drawing.routes[id] = { points: [[500, 100]], tip: [500, 100] };
  const arrow: Arrow = { id, from: '0', to: '0', cases: 1, events: 1 };
  expect(boundsOf(drawing, []).right).toBe(120);
  expect(boundsOf(drawing, [arrow]).right).toBe(500);
});

test('no activity lies under a control', () => {
  const drawing = layout([20, 10], [300, 10], [20, 790], [300, 790]);
  const insets = {
    ...SIDES,
    upper: { width: 150, height: 60 },
    lower: { width: 100, height: 120 },
  };
  const { k, x, y } = placeOnStage(drawing, boundsOf(drawing, []), STAGE, insets, 0);
  for (const box of Object.values(drawing.nodes)) {
    const [left, top] = [(box.x - 20) * k + x, (box.y - 10) * k + y];
    expect(left < 150 && top < 60).toBe(false);
    expect(left < 100 && 420 - 120 < top + 20 * k).toBe(false);
  }
});

test('a long drawing may begin at its start instead of being tiny', () => {
  const drawing = layout([20, 10], [3980, 10]);
  const insets = { ...SIDES, upper: NOTHING, lower: NOTHING };
  const bounds = boundsOf(drawing, []);
  expect(placeOnStage(drawing, bounds, STAGE, insets, 0).k).toBe(0.15);
  expect(placeOnStage(drawing, bounds, STAGE, insets, 0.6)).toMatchObject({ k: 0.6, x: 10 });
});

test('the point under the pointer stays where it is, and the scale within its limits', () => {
  expect(zoomedAt({ k: 1, x: 0, y: 0 }, 2, 100, 50)).toEqual({ k: 2, x: -100, y: -50 });
  expect(zoomedAt({ k: 3, x: 7, y: 8 }, 2, 100, 50)).toEqual({ k: 3, x: 7, y: 8 });
  expect(zoomedAt({ k: 0.2, x: 0, y: 0 }, 0.1, 0, 0).k).toBe(0.15);
});
