// The geometry of a path: its curve as SVG, points along it by length, and its arrowhead.
import type { Point, Route } from './layout';

const STEPS_PER_CURVE = 12;

export interface Curve {
  length: number;
  /** The point at a share (0 to 1) of the length. */
  at: (share: number) => Point;
}

/** A route measured by its length. */
export function curve({ points, tip }: Route): Curve {
  const line: Point[] = [];
  for (let first = 0; first + 3 < points.length; first += 3) {
    const corners = points.slice(first, first + 4);
    for (let step = 0; step < STEPS_PER_CURVE; step += 1) {
      line.push(bezier(corners, step / STEPS_PER_CURVE));
    }
  }
  line.push(points.at(-1) ?? tip, tip);
  const lengths = [0];
  for (let idx = 1; idx < line.length; idx += 1) {
    lengths.push((lengths[idx - 1] ?? 0) + distance(line[idx - 1], line[idx]));
  }
  const length = lengths.at(-1) ?? 0;
  return { length, at: (share) => pointAt(line, lengths, share * length) };
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

export interface Stroke {
  /** The line, up to the arrowhead. */
  line: string;
  /** The arrowhead: a polygon that grows with the width. */
  head: string;
}

/** A route as SVG paths for one width. */
export function stroke({ points, tip }: Route, width: number): Stroke {
  const end = points.at(-1) ?? tip;
  const before = distance(end, tip) > 0.01 ? end : (points.at(-2) ?? end);
  const angle = Math.atan2(tip[1] - before[1], tip[0] - before[0]);
  const long = Math.max(8, width * 1.5);
  const half = Math.max(3.6, width * 0.98);
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  const base: Point = [tip[0] - cos * long, tip[1] - sin * long];
  const [first, ...others] = points;
  const rest = distance(end, tip) > long ? `L${at(base)}` : '';
  const left: Point = [base[0] + sin * half, base[1] - cos * half];
  const right: Point = [base[0] - sin * half, base[1] + cos * half];
  return {
    line: `M${at(first ?? tip)}C${others.map(at).join(' ')}${rest}`,
    head: `M${at(tip)}L${at(left)}L${at(right)}Z`,
  };
}

function at(point: Point): string {
  return `${point[0].toFixed(1)},${point[1].toFixed(1)}`;
}
