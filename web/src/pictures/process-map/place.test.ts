import { expect, test } from 'vitest';
import { type Arrow, pathId, START } from './graph';
import type { Direction, Layout } from './layout';
import {
  type Area,
  boundsOf,
  firstPlace,
  holds,
  isClearOfCorners,
  isCovered,
  keptPlace,
  outlineOf,
  type Place,
  placeAbove,
  placeShowing,
  READABLE,
  readingPlace,
  wholePlace,
  zoomedAt,
} from './place';

const SIDES = { top: 10, right: 10, bottom: 10, left: 10 };
const NOTHING = { width: 0, height: 0 };
const FREE = { ...SIDES, topLeft: NOTHING, bottomLeft: NOTHING, topRight: NOTHING };
const STAGE = { width: 420, height: 420 };
const NO_LABELS = new Map();

function layout(boxes: [x: number, y: number][], direction: Direction = 'TB'): Layout {
  const nodes = boxes.map(
    ([x, y], idx) => [idx === 0 ? START : `${idx}`, { x, y, width: 40, height: 20 }] as const,
  );
  return { width: 1000, height: 1000, direction, nodes: Object.fromEntries(nodes), routes: {} };
}

function outline(...boxes: [x: number, y: number][]): Area[] {
  return outlineOf(layout(boxes), [], NO_LABELS);
}

/** Where an area of the drawing is on the stage. */
function onStage({ left, top, right, bottom }: Area, { k, x, y }: Place): Area {
  return { left: left * k + x, top: top * k + y, right: right * k + x, bottom: bottom * k + y };
}

test('the drawing fills the stage and stands in its middle', () => {
  const areas = outline([20, 10], [20, 790]);
  expect(boundsOf(areas)).toEqual({ left: 0, top: 0, right: 40, bottom: 800 });
  expect(wholePlace(areas, STAGE, FREE)).toEqual({ k: 0.5, x: 200, y: 10 });
});

test('hidden paths take no room, shown ones and their values do', () => {
  const drawing = layout([[100, 100]]);
  const id = pathId('0', '0');
  drawing.routes[id] = { points: [[500, 100]], tip: [500, 100] };
  const arrow: Arrow = { id, from: '0', to: '0', cases: 1, events: 1 };
  const right = (...of: [Arrow[], Map<string, never>?]) =>
    boundsOf(outlineOf(drawing, of[0], of[1] ?? NO_LABELS)).right;
  expect(right([])).toBe(120);
  expect(right([arrow])).toBe(505);
  const label = { x: 560, y: 100, width: 30, isPlaced: true };
  expect(boundsOf(outlineOf(drawing, [arrow], new Map([[id, label]]))).right).toBe(575);
});

test('at fit neither an activity nor a long way lies under a control', () => {
  const drawing = layout([
    [200, 10],
    [200, 790],
  ]);
  const id = pathId('0', '1');
  // A way that runs from the top far to the left and back.
  const points = [
    [200, 20],
    [-700, 20],
    [-700, 780],
    [200, 780],
  ] as const;
  drawing.routes[id] = { points: [...points], tip: [200, 780] };
  const arrow: Arrow = { id, from: '0', to: '1', cases: 1, events: 1 };
  const areas = outlineOf(drawing, [arrow], NO_LABELS);
  const insets = {
    ...SIDES,
    topLeft: { width: 150, height: 60 },
    bottomLeft: { width: 100, height: 120 },
    topRight: { width: 50, height: 200 },
  };
  const place = wholePlace(areas, STAGE, insets);
  for (const area of areas) {
    const { left, top, right, bottom } = onStage(area, place);
    expect(left < 150 && top < 60).toBe(false);
    expect(left < 100 && 420 - 120 < bottom).toBe(false);
    expect(420 - 50 < right && top < 200).toBe(false);
    expect(holds({ left: 0, top: 0, right: 420, bottom: 420 }, onStage(area, place))).toBe(true);
  }
});

test('what is too small to read as a whole is seen from its start', () => {
  const short = layout([
    [20, 10],
    [20, 590],
  ]);
  const areas = outlineOf(short, [], NO_LABELS);
  // Names of 14 px are 14 × 400 / 600 = 9.3 px high when all of it is seen, and 12 px at its start.
  expect(wholePlace(areas, STAGE, FREE).k).toBeCloseTo(400 / 600);
  expect(firstPlace(short, areas, STAGE, FREE).k).toBeCloseTo(12 / 14);
  const low = layout([
    [20, 10],
    [20, 490],
  ]);
  const whole = outlineOf(low, [], NO_LABELS);
  expect(firstPlace(low, whole, STAGE, FREE)).toEqual(wholePlace(whole, STAGE, FREE));
  const long = layout([
    [20, 10],
    [20, 3990],
  ]);
  const place = firstPlace(long, outlineOf(long, [], NO_LABELS), STAGE, FREE);
  expect(place.k).toBeGreaterThan(READABLE);
  const begin = onStage({ left: 0, top: 0, right: 40, bottom: 20 }, place);
  expect(begin.top).toBe(10);
  expect((begin.left + begin.right) / 2).toBeCloseTo(210);
});

/** The scale of reading: names of 14 px are 12 px high. */
const K = 12 / 14;

test('reading begins beside the legend, and below a control that is in the way', () => {
  const drawing = layout([
    [20, 10],
    [20, 3990],
  ]);
  const areas = outlineOf(drawing, [], NO_LABELS);
  const legend = { ...FREE, bottomLeft: { width: 200, height: 150 } };
  // From the legend at 200 to the side at 410, in the middle.
  const beside = readingPlace(drawing, areas, STAGE, legend);
  expect(beside).toEqual({ k: K, x: expect.closeTo(305 - 20 * K), y: 10 });
  const control = { ...FREE, topLeft: { width: 400, height: 60 } };
  const below = readingPlace(drawing, areas, STAGE, control);
  expect(below).toEqual({ k: K, x: expect.closeTo(210 - 20 * K), y: 60 });
});

test('reading takes a little less than its scale where all of the width is in sight then', () => {
  const drawing = layout([
    [20, 10],
    [470, 1990],
  ]);
  const areas = outlineOf(drawing, [], NO_LABELS);
  expect(readingPlace(drawing, areas, STAGE, FREE).k).toBeCloseTo(400 / 490);
});

test('reading a wide drawing shows its start, as many names as it can, and no empty side', () => {
  const drawing = layout([
    [1980, 10],
    [20, 1000],
    [2980, 1000],
  ]);
  const middle = readingPlace(drawing, outlineOf(drawing, [], NO_LABELS), STAGE, FREE);
  expect(middle.k).toBe(READABLE);
  expect(1980 * READABLE + middle.x).toBeCloseTo(210);
  const toTheRight = layout([
    [1980, 10],
    [2300, 100],
    [2320, 200],
    [1700, 300],
    [20, 1000],
  ]);
  const { x } = readingPlace(toTheRight, outlineOf(toTheRight, [], NO_LABELS), STAGE, FREE);
  // The start and the two beside it, the farthest of them at the very side.
  expect(2340 * READABLE + x).toBeCloseTo(410);
  expect(1960 * READABLE + x).toBeGreaterThan(10);
  const atLeft = layout([
    [20, 10],
    [2980, 1000],
  ]);
  expect(readingPlace(atLeft, outlineOf(atLeft, [], NO_LABELS), STAGE, FREE).x).toBe(10);
});

test('where as many names are in sight in several places, as much as possible of the paths is', () => {
  const drawing = layout([
    [1000, 10],
    [3980, 1000],
  ]);
  const path = { left: 600, top: 100, right: 620, bottom: 110 };
  const areas = outlineOf(drawing, [], NO_LABELS);
  const { k, x } = readingPlace(drawing, [...areas, path], STAGE, FREE);
  expect(600 * k + x).toBeGreaterThanOrEqual(9.5);
  expect(1020 * k + x).toBeLessThanOrEqual(410.5);
});

test('from left to right reading begins at the left, at the height of the start', () => {
  const boxes: [number, number][] = [
    [20, 500],
    [3980, 10],
    [3980, 1990],
  ];
  const drawing = layout(boxes, 'LR');
  const place = readingPlace(drawing, outlineOf(drawing, [], NO_LABELS), STAGE, FREE);
  expect(place).toEqual({ k: K, x: 10, y: expect.closeTo(210 - 500 * K) });
});

test('corners cover no name where the drawing is readable as a whole or stands between them', () => {
  const corners = { ...FREE, bottomLeft: { width: 120, height: 150 } };
  const narrow: [number, number][] = [
    [20, 10],
    [120, 2000],
  ];
  const wide: [number, number][] = [
    [20, 10],
    [420, 2000],
  ];
  expect(isClearOfCorners(layout(narrow), STAGE, corners)).toBe(true);
  expect(isClearOfCorners(layout(wide), STAGE, corners)).toBe(false);
  expect(isClearOfCorners(layout(narrow, 'LR'), STAGE, corners)).toBe(false);
  const small = layout([[20, 10]], 'LR');
  expect(isClearOfCorners(small, STAGE, corners)).toBe(true);
  // The legend takes the last 150 of 420 down, and 120 from the left.
  const at = (x: number, y: number) => isCovered(small, { k: 1, x, y }, STAGE, corners);
  expect(at(100, 260)).toBe(true);
  expect(at(130, 260)).toBe(false);
  expect(at(100, 240)).toBe(false);
  // Nothing stands in the corners: what is outside the stage is covered by nothing.
  expect(isCovered(small, { k: 1, x: -300, y: 600 }, STAGE, FREE)).toBe(false);
});

test('a foot of the stage moves the map by what is free above, and never changes its scale', () => {
  const areas = outline([20, 10], [20, 190]);
  const now = { k: 1, x: 50, y: 100 };
  const low = { width: 420, height: 290 };
  // It ends at 300, and may end at 280.
  expect(keptPlace(areas, now, low, FREE)).toEqual({ k: 1, x: 50, y: 80 });
  // Only 90 are free above it.
  const lower = { width: 420, height: 150 };
  expect(keptPlace(areas, now, lower, FREE)).toEqual({ k: 1, x: 50, y: 10 });
  expect(keptPlace(areas, now, STAGE, FREE)).toEqual(now);
});

test('above a foot the map is whole where it can be, and as large as it was where it may', () => {
  const low = { width: 420, height: 290 };
  const from = { k: 1, x: 50, y: 100 };
  const first = { from, now: from };
  // It ends at 300: there is free room above.
  const small = outline([20, 10], [20, 190]);
  expect(placeAbove(small, first, low, FREE)).toEqual({ k: 1, x: 50, y: 80 });
  const tall = outline([20, 10], [20, 490]);
  const whole = placeAbove(tall, first, low, FREE);
  expect(whole.k).toBeCloseTo(270 / 500);
  expect(whole.y).toBeCloseTo(10);
  // What stands at the foot becomes a little higher, or lower again: all of it is still in sight.
  const lower = { width: 420, height: 282 };
  expect(placeAbove(tall, { from, now: whole }, lower, FREE)).toBe(whole);
  expect(placeAbove(tall, { from, now: whole }, { width: 420, height: 260 }, FREE).k).toBe(0.48);
  // So small that nothing could be seen in it.
  const huge = outline([20, 10], [20, 1990]);
  expect(placeAbove(huge, first, low, FREE)).toEqual({ k: 1, x: 50, y: 10 });
  // It never becomes larger for it.
  const tiny = { k: 0.45, x: 50, y: 100 };
  expect(placeAbove(tall, { from: tiny, now: tiny }, low, FREE).k).toBe(0.45);
});

test('what is in sight moves nothing; what is not comes in; what is too large shrinks', () => {
  const now = { k: 1, x: 0, y: 0 };
  const inside = { left: 20, top: 20, right: 60, bottom: 60 };
  expect(placeShowing(inside, now, STAGE, FREE)).toBe(now);
  const below = { left: 20, top: 500, right: 60, bottom: 600 };
  expect(placeShowing(below, now, STAGE, FREE)).toEqual({ k: 1, x: 170, y: -340 });
  const covers = { ...FREE, bottomLeft: { width: 100, height: 80 } };
  const corner = { left: 20, top: 300, right: 60, bottom: 360 };
  expect(placeShowing(corner, now, STAGE, FREE)).toBe(now);
  expect(placeShowing(corner, now, STAGE, covers)).toEqual({ k: 1, x: 170, y: -120 });
  const tall = { left: 20, top: 0, right: 60, bottom: 800 };
  const shown = placeShowing(tall, now, STAGE, FREE);
  expect(shown.k).toBe(0.5);
  expect(holds({ left: 0, top: 0, right: 420, bottom: 420 }, onStage(tall, shown))).toBe(true);
  const huge = { left: 0, top: 0, right: 40, bottom: 8000 };
  const start = placeShowing(huge, now, STAGE, FREE);
  expect(start.k).toBe(0.4);
  expect(start.y).toBe(10);
});

test('the point under the pointer stays where it is, and the scale within its limits', () => {
  expect(zoomedAt({ k: 1, x: 0, y: 0 }, 2, 100, 50)).toEqual({ k: 2, x: -100, y: -50 });
  expect(zoomedAt({ k: 3, x: 7, y: 8 }, 2, 100, 50)).toEqual({ k: 3, x: 7, y: 8 });
  expect(zoomedAt({ k: 0.2, x: 0, y: 0 }, 0.1, 0, 0).k).toBe(0.15);
});

test('a fit that is smaller than the least scale can be enlarged, not made smaller', () => {
  expect(zoomedAt({ k: 0.1, x: 0, y: 0 }, 0.5, 0, 0).k).toBe(0.1);
  expect(zoomedAt({ k: 0.1, x: 0, y: 0 }, 2, 0, 0).k).toBe(0.2);
});
