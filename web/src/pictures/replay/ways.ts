// Where tokens travel: points along each path of the map, and along the foot of each activity.
import { curve, directRoute } from '../process-map/curves';
import { type Arrow, pathId } from '../process-map/graph';
import { type Box, type Layout, type Point, routeOf } from '../process-map/layout';
import type { Looks } from '../process-map/looks';
import type { Records } from './records';

/** Points along each way, from its first to its last. */
export const SAMPLES = 48;
/** The numbers of a point: where it is, how far tokens keep from it at most, how strong they are. */
export const PER_SAMPLE = 4;
/** Tokens on paths that are not on the map step back. */
export const FAINT = 0.3;

const HIDDEN_HALF_WIDTH = 4;
/** Tokens may leave the line of their path a little, for more of them to be seen. */
const SPREAD = 3;
const STRONG = 1;
const UNSEEN = 0;
/** The foot of an activity, and its round corners. */
const FOOT = 4;
const CORNER = 9;

export interface Ways {
  rows: number;
  /** The rows from here on are activities: a token stands at its lane. */
  staysFrom: number;
  data: Float32Array;
  /** Which of the paths are on the map. */
  shown: boolean[];
}

export function waysOf(records: Records, layout: Layout, arrows: Arrow[], looks: Looks): Ways {
  const { paths, stays } = records;
  const rows = paths.length + stays.length;
  const data = new Float32Array(rows * SAMPLES * PER_SAMPLE);
  const byId = new Map(arrows.map((arrow) => [arrow.id, arrow]));
  const write = (row: number, at: (share: number) => Point, half: number, strength: number) => {
    for (let sample = 0; sample < SAMPLES; sample += 1) {
      const [x, y] = at(sample / (SAMPLES - 1));
      data.set([x, y, half, strength], (row * SAMPLES + sample) * PER_SAMPLE);
    }
  };
  const shown = paths.map(({ from, to }, row) => {
    const arrow = byId.get(pathId(from, to));
    const route = arrow && routeOf(layout, arrow);
    if (arrow && route) {
      const width = looks.arrows.get(arrow.id)?.width ?? 0;
      write(row, curve(route).at, width / 2 + SPREAD, STRONG);
      return true;
    }
    const [start, end] = [layout.nodes[from], layout.nodes[to]];
    if (start && end) write(row, hop(start, end), HIDDEN_HALF_WIDTH, FAINT);
    else write(row, () => [0, 0], 0, UNSEEN);
    return false;
  });
  for (const [idx, activity] of stays.entries()) {
    const box = layout.nodes[activity];
    if (box) write(paths.length + idx, foot(box), 0, STRONG);
    else write(paths.length + idx, () => [0, 0], 0, UNSEEN);
  }
  return { rows, staysFrom: paths.length, data, shown };
}

/** Straight from middle to middle; from an activity to itself round its side. */
function hop(start: Box, end: Box): (share: number) => Point {
  if (start === end) return curve(directRoute(start, end)).at;
  return (share) => [start.x + (end.x - start.x) * share, start.y + (end.y - start.y) * share];
}

/** Along the foot of an activity, from left to right. */
function foot({ x, y, width, height }: Box): (share: number) => Point {
  const [left, right] = [x - width / 2 + CORNER, x + width / 2 - CORNER];
  return (share) => [left + (right - left) * share, y + height / 2 + FOOT];
}
