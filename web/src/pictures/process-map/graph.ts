// What a process map is drawn from: activities, the paths between them, starts and ends.
import type { MapActivity, MapEnd, MapPath } from '../../api/map';
import type { Route } from './layout';

export interface MapGraph {
  cases: number;
  activities: MapActivity[];
  paths: MapPath[];
  starts: MapEnd[];
  ends: MapEnd[];
  /** Which values its activities and paths carry, where any were asked for. */
  value?: ValueUnit | undefined;
}

/** An attribute with numbers, and in what unit they are shown. */
export interface ValueUnit {
  attribute: string;
  type: 'money' | 'number' | 'duration';
  /** Of money; `null` where it is unknown. */
  currency: string | null;
}

/** The two nodes that are no activities. */
export const START = '\u0000start';
export const END = '\u0000end';

/** What is pointed at, focused or selected. */
export type MapItem =
  | { kind: 'activity'; activity: string }
  | { kind: 'path'; from: string; to: string };

/** A name for a path that no other path has: names of activities hold no NUL. */
export function pathId(from: string, to: string): string {
  return `${from}\u0001${to}`;
}

export function isSameItem(left: MapItem | null, right: MapItem | null): boolean {
  if (left === null || right === null) return left === right;
  if (left.kind === 'activity') {
    return right.kind === 'activity' && left.activity === right.activity;
  }
  return right.kind === 'path' && left.from === right.from && left.to === right.to;
}

/** An arrow of the drawing: a path, or the dotted arrow of a start or an end. */
export interface Arrow {
  id: string;
  from: string;
  to: string;
  cases: number;
  events: number;
  /** Missing for the arrows of starts and ends. */
  path?: MapPath;
  /** Drawn as a short stub at its activity, without a way across the picture. */
  isStub?: boolean;
  /** Drawn because it is selected, though the sliders hide it. */
  isAdded?: boolean;
  /** A way of its own, where the layout has none. */
  route?: Route;
}

/** A start or an end of fewer cases than this is a stub, but for the most frequent one. */
const STUB_SHARE = 0.05;

export function arrowOfPath(path: MapPath): Arrow {
  const { from, to, cases, events } = path;
  return { id: pathId(from, to), from, to, cases, events, path };
}

/** The dotted arrows: never hidden, never counted among the paths. */
export function terminalArrows(graph: MapGraph): Arrow[] {
  const arrow = (from: string, to: string, cases: number, rank: number): Arrow => {
    const isStub = rank > 0 && cases < STUB_SHARE * graph.cases;
    return { id: pathId(from, to), from, to, cases, events: cases, isStub };
  };
  return [
    ...graph.starts.map((start, rank) => arrow(START, start.activity, start.cases, rank)),
    ...graph.ends.map((end, rank) => arrow(end.activity, END, end.cases, rank)),
  ];
}

export function isTerminal(arrow: Arrow): boolean {
  return arrow.path === undefined;
}
