// The geometry of a path: its curve as SVG, points along it by length, and its arrowhead.
import type { Box, Point, Route } from './layout';

const STEPS_PER_CURVE = 12;

export interface Curve {
  length: number;
  /** Close together, the tip last. */
  points: Point[];
  /** The point at a share (0 to 1) of the length. */
  at: (share: number) => Point;
}

/** Points along a route, close together, the tip last. */
export function line({ points, tip }: Route): Point[] {
  const found: Point[] = [];
  for (let first = 0; first + 3 < points.length; first += 3) {
    const corners = points.slice(first, first + 4);
    for (let step = 0; step < STEPS_PER_CURVE; step += 1) {
      found.push(bezier(corners, step / STEPS_PER_CURVE));
    }
  }
  found.push(points.at(-1) ?? tip, tip);
  return found;
}

/** A route measured by its length. */
export function curve(route: Route): Curve {
  const points = line(route);
  const lengths = [0];
  for (let idx = 1; idx < points.length; idx += 1) {
    lengths.push((lengths[idx - 1] ?? 0) + distance(points[idx - 1], points[idx]));
  }
  const length = lengths.at(-1) ?? 0;
  return { length, points, at: (share) => pointAt(points, lengths, share * length) };
}

/** How far a way without a place in the layout bows to the side, for each unit of its length. */
const BOW = 0.14;
const LOOP = 34;

/** A way from box to box for a path that the layout left out: it may cross what lies between. */
export function directRoute(from: Box, to: Box): Route {
  if (from === to) return loopAt(from);
  const [dx, dy] = [to.x - from.x, to.y - from.y];
  const aside = (at: number): Point => [from.x + dx * at - dy * BOW, from.y + dy * at + dx * BOW];
  const [first, second] = [aside(1 / 3), aside(2 / 3)];
  const [start, tip] = [borderTowards(from, first), borderTowards(to, second)];
  return { points: [start, first, second, tip], tip };
}

function loopAt({ x, y, width }: Box): Route {
  const right = x + width / 2;
  const [up, down] = [y - 9, y + 9];
  const points: Point[] = [
    [right, up],
    [right + LOOP, up - 16],
    [right + LOOP, down + 16],
    [right, down],
  ];
  return { points, tip: [right, down] };
}

/** Where the line from the middle of a box to a point leaves it. */
function borderTowards({ x, y, width, height }: Box, [towardsX, towardsY]: Point): Point {
  const [dx, dy] = [towardsX - x, towardsY - y];
  const part = Math.min(
    1,
    Math.abs(dx) > 0.01 ? width / 2 / Math.abs(dx) : 1,
    Math.abs(dy) > 0.01 ? height / 2 / Math.abs(dy) : 1,
  );
  return [x + dx * part, y + dy * part];
}

function pointAt(line: Point[], lengths: number[], wanted: number): Point {
  let [low, high] = [0, lengths.length - 1];
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if ((lengths[middle] ?? 0) <= wanted) low = middle;
    else high = middle;
  }
  const [before, after] = [lengths[low] ?? 0, lengths[high] ?? 0];
  const share = after === before ? 0 : (wanted - before) / (after - before);
  const [from, to] = [line[low] ?? [0, 0], line[high] ?? [0, 0]];
  return [from[0] + (to[0] - from[0]) * share, from[1] + (to[1] - from[1]) * share];
}

function bezier(corners: Point[], share: number): Point {
  const [a = [0, 0], b = [0, 0], c = [0, 0], d = [0, 0]] = corners;
  const rest = 1 - share;
  const weights = [rest ** 3, 3 * rest ** 2 * share, 3 * rest * share ** 2, share ** 3] as const;
  const mix = (axis: 0 | 1) =>
    weights[0] * a[axis] + weights[1] * b[axis] + weights[2] * c[axis] + weights[3] * d[axis];
  return [mix(0), mix(1)];
}

function distance(from: Point = [0, 0], to: Point = [0, 0]): number {
  return Math.hypot(to[0] - from[0], to[1] - from[1]);
}

interface Stroke {
  /** The line, up to the arrowhead. */
  line: string;
  /** The arrowhead: a polygon that grows with the width. */
  head: string;
}

/** A route as SVG paths for one width. */
export function stroke(route: Route, width: number): Stroke {
  const { points, tip } = route;
  const end = points.at(-1) ?? tip;
  const { long, base, left, right } = headOf(route, width);
  const [first, ...others] = points;
  const rest = distance(end, tip) > long ? `L${at(base)}` : '';
  return {
    line: `M${at(first ?? tip)}C${others.map(at).join(' ')}${rest}`,
    head: `M${at(tip)}L${at(left)}L${at(right)}Z`,
  };
}

/** The corners of an arrowhead. */
export function headCorners(route: Route, width: number): Point[] {
  const { left, right } = headOf(route, width);
  return [route.tip, left, right];
}

function headOf({ points, tip }: Route, width: number) {
  const end = points.at(-1) ?? tip;
  const before = distance(end, tip) > 0.01 ? end : (points.at(-2) ?? end);
  const angle = Math.atan2(tip[1] - before[1], tip[0] - before[0]);
  const long = Math.max(8, width * 1.5);
  const half = Math.max(3.6, width * 0.98);
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  const base: Point = [tip[0] - cos * long, tip[1] - sin * long];
  const left: Point = [base[0] + sin * half, base[1] - cos * half];
  const right: Point = [base[0] - sin * half, base[1] + cos * half];
  return { long, base, left, right };
}

function at(point: Point): string {
  return `${point[0].toFixed(1)},${point[1].toFixed(1)}`;
}
