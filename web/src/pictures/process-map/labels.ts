// Where the value of each path is written, and which values have no room.
//
// A value hides no activity, no other value and no arrowhead, and leaves each path to be seen.
import type { Curve } from './curves';
import type { Box, Point } from './layout';

export const LABEL_HEIGHT = 18;
const LABEL_PADDING = 12;
const NODE_MARGIN = 2;
/** Shorter paths have no room on the line: their value stands beside it. */
const SHORT_LENGTH = 64;
/** So much of another path may lie under a value: it crosses it. */
const CROSSING_LENGTH = 24;
const CROSSING_SHARE = 0.34;
/** Where there is no better place, so much of it. */
const HIDDEN_SHARE = 0.5;

export interface LabelRequest {
  id: string;
  strength: number;
  /** Width of the text. */
  textWidth: number;
  /** Width of the line. */
  lineWidth: number;
  curve: Curve;
  /** Back to where it begins: its value stands outside of it. */
  isLoop?: boolean;
}

/** A path that is to be seen, whatever is written near it. */
export interface Way {
  id: string;
  /** Close together, the tip last. */
  points: readonly Point[];
  length: number;
  /** The corners of its arrowhead. */
  head: readonly Point[];
  /** A place that it keeps though it is not drawn now: better left free than not. */
  isDrawn: boolean;
}

export interface Label {
  x: number;
  y: number;
  width: number;
  /** Hidden values are shown when the path is pointed at. */
  isPlaced: boolean;
}

/** A place to try: share of the length, and the side (0 on the line). */
type Try = readonly [share: number, side: -1 | 0 | 1];

const ALONG: readonly Try[] = [
  [0.5, 0],
  [0.42, 0],
  [0.58, 0],
  [0.34, 0],
  [0.66, 0],
  [0.26, 0],
  [0.74, 0],
  [0.5, 1],
  [0.5, -1],
  [0.14, 0],
  [0.86, 0],
];

const BESIDE: readonly Try[] = [
  [0.45, 1],
  [0.45, -1],
  [0.55, 1],
  [0.55, -1],
  [0.35, 1],
  [0.35, -1],
  [0.65, 1],
  [0.65, -1],
  [0.25, 1],
  [0.25, -1],
  [0.75, 1],
];

/** Strongest first, each label takes the first place that hides nothing. */
export function placeLabels(
  requests: LabelRequest[],
  nodes: Box[],
  ways: Way[] = [],
): Map<string, Label> {
  const taken = nodes.map((node) => around(node.x, node.y, node.width, node.height, NODE_MARGIN));
  const all = ways.map((way) => ({
    ...way,
    area: areaOf(way.points),
    headArea: areaOf(way.head),
  }));
  const labels = new Map<string, Label>();
  const strongestFirst = [...requests].sort((left, right) => right.strength - left.strength);
  for (const request of strongestFirst) {
    const width = request.textWidth + LABEL_PADDING;
    const spots = spotsOf(request, width);
    const others = all.filter(({ id }) => id !== request.id);
    const isFree = ([x, y]: Point, isBest: boolean) => {
      const area = around(x, y, width, LABEL_HEIGHT, 0);
      if (touches(area, taken)) return false;
      return others.every((way) => {
        if (!way.isDrawn) return !isBest || !touches(area, [way.headArea]);
        if (touches(area, [way.headArea])) return false;
        if (!touches(area, [way.area])) return true;
        const most = Math.min(CROSSING_LENGTH, CROSSING_SHARE * way.length);
        return lengthWithin(way.points, area) <= (isBest ? most : HIDDEN_SHARE * way.length);
      });
    };
    const spot = spots.find((one) => isFree(one, true)) ?? spots.find((one) => isFree(one, false));
    const [x, y] = spot ?? (request.isLoop ? spots[0] : null) ?? request.curve.at(0.5);
    if (spot) taken.push(around(x, y, width, LABEL_HEIGHT, 0));
    labels.set(request.id, { x, y, width, isPlaced: spot !== undefined });
  }
  return labels;
}

/** The places to try, the best first. */
function spotsOf(request: LabelRequest, width: number): Point[] {
  if (request.isLoop) return outside(request, width);
  const tries = request.curve.length < SHORT_LENGTH ? BESIDE : ALONG;
  return tries.map((one) => position(request, width, one));
}

/** Beyond the far end of a loop, and at its corners. */
function outside({ curve, lineWidth }: LabelRequest, width: number): Point[] {
  const [start, tip] = [curve.at(0), curve.at(1)];
  const [turnX, turnY] = curve.at(0.5);
  const { left, top, right, bottom } = areaOf(curve.points);
  const [x, y] = [(left + right) / 2, (top + bottom) / 2];
  const away = lineWidth / 2 + 1;
  const [beside, above] = [width / 2 + away, LABEL_HEIGHT / 2 + away];
  const [dx, dy] = [turnX - (start[0] + tip[0]) / 2, turnY - (start[1] + tip[1]) / 2];
  const places = {
    right: [right + beside, turnY],
    left: [left - beside, turnY],
    over: [turnX, top - above],
    under: [turnX, bottom + above],
  } satisfies Record<string, Point>;
  const farEnd: Point[] =
    Math.abs(dx) >= Math.abs(dy)
      ? [dx < 0 ? places.left : places.right, places.over, places.under]
      : [dy < 0 ? places.over : places.under, places.right, places.left];
  const side = dx < 0 ? left - beside : right + beside;
  return [...farEnd, [side, y - above], [side, y + above], [x, top - above], [x, bottom + above]];
}

function position(request: LabelRequest, width: number, [share, side]: Try): [number, number] {
  const [x, y] = request.curve.at(share);
  if (side === 0) return [x, y];
  const [nextX, nextY] = request.curve.at(Math.min(1, share + 0.05));
  const [dx, dy] = [nextX - x, nextY - y];
  const length = Math.hypot(dx, dy) || 1;
  const away = request.lineWidth / 2 + 1;
  const normalX = Math.abs(dy / length);
  const normalY = (-dx / length) * Math.sign(dy || 1);
  return [x + side * normalX * (width / 2 + away), y + side * normalY * (LABEL_HEIGHT / 2 + away)];
}

interface Area {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

function around(x: number, y: number, width: number, height: number, margin: number): Area {
  const [halfWidth, halfHeight] = [width / 2 + margin, height / 2 + margin];
  return { left: x - halfWidth, top: y - halfHeight, right: x + halfWidth, bottom: y + halfHeight };
}

function touches(area: Area, others: Area[]): boolean {
  return others.some(
    (other) =>
      area.left < other.right &&
      other.left < area.right &&
      area.top < other.bottom &&
      other.top < area.bottom,
  );
}

function areaOf(points: readonly Point[]): Area {
  const [xs, ys] = [points.map(([x]) => x), points.map(([, y]) => y)];
  return {
    left: Math.min(...xs),
    top: Math.min(...ys),
    right: Math.max(...xs),
    bottom: Math.max(...ys),
  };
}

/** How much of a line lies within an area. */
function lengthWithin(points: readonly Point[], area: Area): number {
  let sum = 0;
  for (const [idx, [x, y]] of points.entries()) {
    const [nextX, nextY] = points[idx + 1] ?? [x, y];
    const [dx, dy] = [nextX - x, nextY - y];
    let [from, to] = [0, 1];
    const cut = (start: number, by: number, least: number, most: number) => {
      if (by === 0) {
        if (start < least || most < start) to = -1;
        return;
      }
      const [one, other] = [(least - start) / by, (most - start) / by];
      from = Math.max(from, Math.min(one, other));
      to = Math.min(to, Math.max(one, other));
    };
    cut(x, dx, area.left, area.right);
    cut(y, dy, area.top, area.bottom);
    if (to > from) sum += (to - from) * Math.hypot(dx, dy);
  }
  return sum;
}
