// Where a drawing stands on the stage: the whole of it with nothing under a control, or, where that
// would be too small to read, its start at a size that can be read.
import { line } from './curves';
import { type Arrow, START } from './graph';
import { LABEL_HEIGHT, type Label } from './labels';
import { type Layout, routeOf } from './layout';

const ZOOM_MIN = 0.15;
const ZOOM_MAX = 3;
/** Fitting never enlarges beyond this. */
const FIT_MAX = 1.15;
/** Names of 14 px are 11 px high at this scale, however it is rounded: smaller is no first view. */
export const READABLE = 11.001 / 14;
/** The scale of reading, a little less where that brings all of the width in sight. */
const READING = 12 / 14;
/** Half the widest path, and a little air. */
const WAY_MARGIN = 5;

export interface Size {
  width: number;
  height: number;
}

/** Space on the stage that other things cover. */
export interface Insets {
  top: number;
  right: number;
  bottom: number;
  left: number;
  /** What stands in the corners, with the space around it; nothing drawn should lie under it. */
  topLeft: Size;
  bottomLeft: Size;
  topRight: Size;
}

export interface Area {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

/** What is drawn, as small areas: hidden paths have a place in the layout, but take no room. */
export function outlineOf(
  layout: Layout,
  arrows: Arrow[],
  labels: ReadonlyMap<string, Label>,
): Area[] {
  const areas = nodesOf(layout);
  for (const arrow of arrows) {
    const route = routeOf(layout, arrow);
    for (const [x, y] of route ? line(route) : []) {
      areas.push(areaAround(x, y, 2 * WAY_MARGIN, 2 * WAY_MARGIN));
    }
    const label = labels.get(arrow.id);
    if (label?.isPlaced) areas.push(areaAround(label.x, label.y, label.width, LABEL_HEIGHT));
  }
  return areas;
}

function nodesOf(layout: Layout): Area[] {
  return Object.values(layout.nodes).map((box) => areaAround(box.x, box.y, box.width, box.height));
}

function areaAround(x: number, y: number, width: number, height: number): Area {
  return { left: x - width / 2, top: y - height / 2, right: x + width / 2, bottom: y + height / 2 };
}

/** The area that holds them all. */
export function boundsOf(areas: Area[]): Area {
  const bounds = { left: Infinity, top: Infinity, right: -Infinity, bottom: -Infinity };
  for (const area of areas) {
    bounds.left = Math.min(bounds.left, area.left);
    bounds.top = Math.min(bounds.top, area.top);
    bounds.right = Math.max(bounds.right, area.right);
    bounds.bottom = Math.max(bounds.bottom, area.bottom);
  }
  return bounds.left <= bounds.right ? bounds : { left: 0, top: 0, right: 1, bottom: 1 };
}

export interface Place {
  k: number;
  x: number;
  y: number;
}

/** The place after a zoom about a point of the stage, within the limits of the scale. */
export function zoomedAt(place: Place, factor: number, x: number, y: number): Place {
  const least = Math.min(ZOOM_MIN, place.k);
  const k = Math.max(least, Math.min(ZOOM_MAX, place.k * factor));
  const real = k / place.k;
  return { k, x: x - (x - place.x) * real, y: y - (y - place.y) * real };
}

/** Where the spare room goes: half to each side, more to one, all to one. */
const SHARES = [0.5, 0.75, 0.25, 1, 0] as const;
const SHRINK = 0.98;
/** Smaller than this it does not become to keep clear of the corners. */
const CLEAR_MIN = 0.4;

/** The largest place of the whole at which nothing lies under a corner. */
export function wholePlace(outline: Area[], stage: Size, insets: Insets): Place {
  const bounds = boundsOf(outline);
  const room = roomOf(stage, insets);
  const [width, height] = [bounds.right - bounds.left, bounds.bottom - bounds.top];
  const largest = Math.min(FIT_MAX, room.width / width, room.height / height);
  const place = (k: number, across: number, down: number): Place => ({
    k,
    x: insets.left + (room.width - width * k) * across - bounds.left * k,
    y: insets.top + (room.height - height * k) * down - bounds.top * k,
  });
  const corners = cornersOf(outline, insets);
  for (let k = largest; k >= largest * CLEAR_MIN; k *= SHRINK) {
    for (const across of SHARES) {
      for (const down of SHARES) {
        const found = place(k, across, down);
        if (!corners.some((corner) => isUnder(corner, stage, found))) return found;
      }
    }
  }
  return place(largest, 0.5, 0.5);
}

/** The start of the drawing at a size that can be read, beside the legend where there is room. */
export function readingPlace(layout: Layout, outline: Area[], stage: Size, insets: Insets): Place {
  const bounds = boundsOf(outline);
  const nodes = nodesOf(layout);
  const box = layout.nodes[START];
  const start = box ? areaAround(box.x, box.y, box.width, box.height) : bounds;
  const isDown = layout.direction === 'TB';
  const reading = { start, outline, nodes, stage, insets };
  const begin = isDown ? readingDown(reading) : readingAside(reading);
  // Nothing stands under the control at the top.
  const { width, height } = insets.topLeft;
  const isLeft = ({ left }: Area) => left * begin.k + begin.x < width;
  const tops = (isDown ? nodes : [start]).filter(isLeft).map(({ top }) => height - top * begin.k);
  return { ...begin, y: Math.max(begin.y, ...tops) };
}

interface Reading {
  /** What the eye begins at. */
  start: Area;
  /** All that is drawn, and of it the activities. */
  outline: Area[];
  nodes: Area[];
  stage: Size;
  insets: Insets;
}

/** It moves up and down later: between legend and buttons no name is ever covered. */
function readingDown({ start, outline, nodes, stage, insets }: Reading): Place {
  const bounds = boundsOf(outline);
  const all = boundsOf(nodes);
  const width = all.right - all.left;
  const [left, between] = betweenCorners(stage, insets);
  const k = Math.max(READABLE, Math.min(READING, between / width));
  if (width * k <= between + 1) {
    const x = left + (between - width * k) / 2 - all.left * k;
    return { k, x, y: insets.top - bounds.top * k };
  }
  // Not all of it is in sight: as much as can be read, and of what is drawn as much as possible.
  const least = READABLE;
  const y = insets.top - bounds.top * least;
  const isSeen = ({ top, bottom }: Area) =>
    bottom * least + y <= stage.height && top * least + y >= 0;
  const spansOf = (areas: Area[]) =>
    areas.filter(isSeen).map((area): Span => [area.left * least, area.right * least]);
  const x = startOfMost({
    start: [start.left * least, start.right * least],
    // Of those that are in sight in the other direction.
    spans: spansOf(nodes),
    others: spansOf(outline),
    whole: [bounds.left * least, bounds.right * least],
    room: roomOf(stage, insets).width,
  });
  return { k: least, x: insets.left + x, y };
}

function readingAside({ start, outline, nodes, stage, insets }: Reading): Place {
  const k = READING;
  const bounds = boundsOf(outline);
  const x = insets.left - bounds.left * k;
  const spansOf = (areas: Area[]) =>
    areas
      .filter((area) => area.right * k + x <= stage.width)
      .map((area): Span => [area.top * k, area.bottom * k]);
  const y = startOfMost({
    start: [start.top * k, start.bottom * k],
    spans: spansOf(nodes),
    others: spansOf(outline),
    whole: [bounds.top * k, bounds.bottom * k],
    room: roomOf(stage, insets).height,
  });
  return { k, x, y: insets.top + y };
}

type Span = readonly [from: number, to: number];

interface Sought {
  start: Span;
  spans: Span[];
  /** Paths and values, where as many of the others can be in sight in several places. */
  others: Span[];
  whole: Span;
  room: number;
}

/** Places that are tried between the ends, beside those at which something just comes in sight. */
const TRIES = 32;

/** How far to move a line so that the start and as many others as possible lie in the room. */
function startOfMost({ start, spans, others, whole, room }: Sought): number {
  const spare = room - (whole[1] - whole[0]);
  if (spare >= 0) return spare / 2 - whole[0];
  const middle = within(room - whole[1], (room - start[0] - start[1]) / 2, -whole[0]);
  const countIn = (some: Span[], by: number) =>
    some.filter(([from, to]) => from + by >= -0.5 && to + by <= room + 0.5).length;
  const ways = spans.flatMap(([from, to]) => [-from, room - to]);
  const between = Array.from({ length: TRIES + 1 }, (_, idx) => {
    return room - whole[1] - (spare * idx) / TRIES;
  });
  let best = { by: middle, count: -1, also: -1 };
  for (const by of [middle, ...ways, ...between]) {
    if (countIn([start], by) === 0) continue;
    const count = countIn(spans, by);
    if (count < best.count) continue;
    const also = countIn(others, by);
    const isNearer = Math.abs(by - middle) < Math.abs(best.by - middle);
    const isBetter = also > best.also || (also === best.also && isNearer);
    if (count > best.count || isBetter) best = { by, count, also };
  }
  return best.by;
}

/** The free room between what stands at the left and at the right: where it begins, how wide it is. */
function betweenCorners(stage: Size, insets: Insets): [left: number, width: number] {
  const left = Math.max(insets.left, insets.bottomLeft.width);
  const right = Math.max(insets.right, insets.topRight.width);
  return [left, stage.width - left - right];
}

/** Whether there is a first view in which what stands in the corners covers no name. */
export function isClearOfCorners(layout: Layout, stage: Size, insets: Insets): boolean {
  const nodes = nodesOf(layout);
  // With all paths, shown or not: they come and go, and what stands in the corners stays.
  const ways = Object.values(layout.routes).flatMap((route) =>
    line(route).map(([x, y]) => areaAround(x, y, 2 * WAY_MARGIN, 2 * WAY_MARGIN)),
  );
  if (wholePlace([...nodes, ...ways], stage, insets).k >= READABLE) return true;
  const { left, right } = boundsOf(nodes);
  const [, between] = betweenCorners(stage, insets);
  return layout.direction === 'TB' && (right - left) * READABLE <= between;
}

/** Whether an activity lies under something that stands in a corner. */
export function isCovered(layout: Layout, at: Place, stage: Size, insets: Insets): boolean {
  // What lies outside the stage is not covered by a corner in which nothing stands.
  const corners = cornersOf(nodesOf(layout), insets).filter(({ size }) => size.width > 0);
  return corners.some((corner) => isUnder(corner, stage, at));
}

/**
 * The place when something stands at the foot of the stage: all of it in sight above, as large as it
 * was from where it comes, and higher only by what it must. Where all of it is in sight it stays.
 */
export function placeAbove(
  outline: Area[],
  { from, now }: { from: Place; now: Place },
  stage: Size,
  insets: Insets,
): Place {
  const bounds = boundsOf(outline);
  const free = { left: 0, top: 0, right: stage.width, bottom: stage.height };
  const kept = keptPlace(outline, from, stage, insets);
  for (const one of [now, kept]) if (holds(free, onStage(bounds, one))) return one;
  const whole = wholePlace(outline, stage, insets);
  // Smaller than this there is nothing to be seen in it.
  return SHOWN_MIN <= whole.k && whole.k <= from.k ? whole : kept;
}

/** As large as it was, and higher only by what is free above it. */
export function keptPlace(outline: Area[], now: Place, stage: Size, insets: Insets): Place {
  const { top, bottom } = onStage(boundsOf(outline), now);
  const hidden = bottom - (stage.height - insets.bottom);
  const free = top - Math.max(insets.top, insets.topLeft.height);
  return { ...now, y: now.y - Math.max(0, Math.min(hidden, free)) };
}

function within(least: number, value: number, most: number): number {
  return Math.max(least, Math.min(most, value));
}

/** What is seen first: the whole, where it can be read. */
export function firstPlace(layout: Layout, outline: Area[], stage: Size, insets: Insets): Place {
  const whole = wholePlace(outline, stage, insets);
  return whole.k < READABLE ? readingPlace(layout, outline, stage, insets) : whole;
}

/** The smallest scale to which the view goes back to have all of something in sight. */
const SHOWN_MIN = 0.4;

/** The place at which an area is in sight and uncovered; its beginning, where it is too large. */
export function placeShowing(area: Area, now: Place, stage: Size, insets: Insets): Place {
  const room = roomOf(stage, insets);
  const corners = cornersOf([area], insets);
  const free = { left: 0, top: 0, right: stage.width, bottom: stage.height };
  const isClear = !corners.some((corner) => isUnder(corner, stage, now));
  if (isClear && holds(free, onStage(area, now))) return now;
  const [width, height] = [area.right - area.left, area.bottom - area.top];
  const fitting = Math.min(room.width / width, room.height / height);
  const k = Math.min(now.k, Math.max(SHOWN_MIN, fitting));
  return {
    k,
    x: insets.left + Math.max(0, room.width - width * k) / 2 - area.left * k,
    y: insets.top + Math.max(0, room.height - height * k) / 2 - area.top * k,
  };
}

function onStage({ left, top, right, bottom }: Area, { k, x, y }: Place): Area {
  return { left: left * k + x, top: top * k + y, right: right * k + x, bottom: bottom * k + y };
}

export function holds(outer: Area, inner: Area): boolean {
  return (
    outer.left <= inner.left &&
    outer.top <= inner.top &&
    inner.right <= outer.right &&
    inner.bottom <= outer.bottom
  );
}

function roomOf(stage: Size, insets: Insets): Size {
  return {
    width: Math.max(80, stage.width - insets.left - insets.right),
    height: Math.max(80, stage.height - insets.top - insets.bottom),
  };
}

/** A corner of the stage, and what of the drawing comes nearest to it. */
interface Corner {
  isRight: boolean;
  isLower: boolean;
  size: Size;
  nearest: { x: number; y: number }[];
}

function cornersOf(outline: Area[], insets: Insets): Corner[] {
  const { topLeft, bottomLeft, topRight } = insets;
  const corner = (isRight: boolean, isLower: boolean, size: Size): Corner => {
    return { isRight, isLower, size, nearest: nearestTo(outline, isRight, isLower) };
  };
  return [
    corner(false, false, topLeft),
    corner(false, true, bottomLeft),
    corner(true, false, topRight),
  ];
}

/** Whatever lies behind one of these, seen from the corner, is not covered before it. */
function nearestTo(outline: Area[], isRight: boolean, isLower: boolean): Corner['nearest'] {
  const points = outline.map((area) => ({
    x: isRight ? area.right : area.left,
    y: isLower ? area.bottom : area.top,
  }));
  const [signX, signY] = [isRight ? -1 : 1, isLower ? -1 : 1];
  points.sort((one, other) => signX * (one.x - other.x) || signY * (one.y - other.y));
  let best = Infinity;
  return points.filter(({ y }) => {
    if (signY * y >= best) return false;
    best = signY * y;
    return true;
  });
}

function isUnder(corner: Corner, stage: Size, { k, x, y }: Place): boolean {
  const { isRight, isLower, size } = corner;
  return corner.nearest.some((point) => {
    const [across, down] = [point.x * k + x, point.y * k + y];
    const isBeside = isRight ? stage.width - size.width < across : across < size.width;
    return isBeside && (isLower ? stage.height - size.height < down : down < size.height);
  });
}
