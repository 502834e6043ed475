// Where activities stand and how paths run: a request for the layout engine and its answer read back.
//
// The engine is Graphviz `dot`. It never gets labels of edges: they would become nodes of their own,
// which takes twenty times longer. The result does not name the engine.
import { mainRoad, processOrder } from './order';

export type Direction = 'TB' | 'LR';
export type Point = readonly [number, number];

export interface LayoutRequest {
  direction: Direction;
  nodes: { id: string; width: number; height: number }[];
  /** Strongest first. `start` and `end` name the nodes of that role. */
  links: { id: string; from: string; to: string; strength: number }[];
  start: string;
  end: string;
}

export interface Box {
  /** Centre. */
  x: number;
  y: number;
  width: number;
  height: number;
}

/** A chain of cubic Bézier curves, and where the arrow touches. */
export interface Route {
  points: Point[];
  tip: Point;
}

export interface Layout {
  width: number;
  height: number;
  direction: Direction;
  nodes: Record<string, Box>;
  routes: Record<string, Route>;
}

/** The way of an arrow: its place in the layout, or the one it brings along. */
export function routeOf(layout: Layout, arrow: { id: string; route?: Route }): Route | undefined {
  return layout.routes[arrow.id] ?? arrow.route;
}

const POINTS_PER_INCH = 72;
/** From this count of links on the lanes lie closer together: a third less wide, as easy to follow. */
const CROWDED_LINKS = 60;
/** Links from this count on get less time for the network simplex method. */
const MANY_LINKS = 150;
const MAIN_WEIGHT = 120;
const WEIGHT_RANGE = 30;
const WEIGHT_POWER = 0.7;

interface Plan {
  dot: string;
  /** Links handed over the other way round, so that they do not turn the layout over. */
  reversed: Set<number>;
}

/** The request in the language of the engine. */
export function plan(request: LayoutRequest): Plan {
  const numbers = new Map(request.nodes.map((node, idx) => [node.id, idx]));
  const number = (id: string) => numbers.get(id) ?? -1;
  const rank = ranks(request, number);
  const isMain = (id: string) => rank.main.has(number(id));
  const strongest = Math.max(1, ...request.links.map((link) => link.strength));
  const reversed = new Set<number>();
  const edges = request.links.map((link, idx) => {
    const [from, to] = [number(link.from), number(link.to)];
    const isBack = rank.of(from) > rank.of(to);
    if (isBack) reversed.add(idx);
    const relative = (link.strength / strongest) ** WEIGHT_POWER;
    const next = rank.mainPlace(to) - rank.mainPlace(from) === 1 ? MAIN_WEIGHT : 0;
    const weight = isBack ? 1 : Math.max(1, Math.round(WEIGHT_RANGE * relative)) + next;
    const [tail, head] = isBack ? [to, from] : [from, to];
    return `n${tail}->n${head}[id=${idx},weight=${weight}${isBack ? ',dir=back' : ''}]`;
  });
  const nodes = [...request.nodes]
    .sort((left, right) => rank.of(number(left.id)) - rank.of(number(right.id)))
    .map((node) => {
      const size = `width=${inches(node.width)},height=${inches(node.height)}`;
      return `n${number(node.id)}[${size}${isMain(node.id) ? ',group=main' : ''}]`;
    });
  return { dot: graph(request, number, nodes, edges), reversed };
}

function graph(
  request: LayoutRequest,
  number: (id: string) => number,
  nodes: string[],
  edges: string[],
): string {
  const effort = edges.length > MANY_LINKS ? 2 : 4;
  const isDown = request.direction === 'TB';
  const apart = isDown && edges.length <= CROWDED_LINKS ? 0.42 : 0.25;
  return [
    'digraph{',
    `rankdir=${request.direction};nodesep=${apart};ranksep=${isDown ? 0.36 : 0.95};`,
    `nslimit=${effort};nslimit1=${effort};searchsize=60;`,
    `{rank=source;n${number(request.start)}}{rank=sink;n${number(request.end)}}`,
    'node[shape=box,fixedsize=true,label=""];edge[arrowsize=0.75];',
    `${nodes.join(';')};`,
    `${edges.join(';')}}`,
  ].join('');
}

interface Ranks {
  of: (node: number) => number;
  main: Set<number>;
  /** Place on the main road; not a number next to any other when it is not on it. */
  mainPlace: (node: number) => number;
}

/** The order of the process over all nodes: start first, end last. */
function ranks(request: LayoutRequest, number: (id: string) => number): Ranks {
  const [start, end] = [number(request.start), number(request.end)];
  const links = request.links.map((link) => {
    return { from: number(link.from), to: number(link.to), weight: link.strength };
  });
  const inner = links.filter((link) => link.from !== start && link.to !== end);
  const activities = processOrder(request.nodes.length, inner).filter(
    (node) => node !== start && node !== end,
  );
  const place = new Map([start, ...activities, end].map((node, idx) => [node, idx]));
  const starts = links.filter((link) => link.from === start);
  const ends = links.filter((link) => link.to === end);
  const road = mainRoad(
    activities,
    inner,
    new Map(starts.map((link) => [link.to, link.weight])),
    new Map(ends.map((link) => [link.from, link.weight])),
  );
  const main = [start, ...road, end];
  const mainPlace = new Map(main.map((node, idx) => [node, idx]));
  return {
    of: (node) => place.get(node) ?? 0,
    main: new Set(main),
    mainPlace: (node) => mainPlace.get(node) ?? Number.NaN,
  };
}

/** The answer of the engine (its format `json0`) as a layout with y downwards. */
export function readLayout(request: LayoutRequest, { reversed }: Plan, answer: string): Layout {
  const drawing = JSON.parse(answer) as EngineAnswer;
  const [, , width = 0, height = 0] = drawing.bb.split(',').map(Number);
  const layout: Layout = {
    width,
    height,
    direction: request.direction,
    nodes: {},
    routes: {},
  };
  for (const object of drawing.objects ?? []) {
    const node = object.pos === undefined ? undefined : request.nodes[Number(object.name.slice(1))];
    if (node === undefined || object.pos === undefined) continue;
    const [x = 0, y = 0] = object.pos.split(',').map(Number);
    const box = { x: round(x), y: round(height - y), width: node.width, height: node.height };
    // An activity may be called `__proto__`, which cannot be assigned.
    Object.defineProperty(layout.nodes, node.id, { value: box, enumerable: true, writable: true });
  }
  for (const edge of drawing.edges ?? []) {
    const link = request.links[Number(edge.id)];
    if (link === undefined || edge.pos === undefined) continue;
    layout.routes[link.id] = route(edge.pos, height, reversed.has(Number(edge.id)));
  }
  return layout;
}

interface EngineAnswer {
  bb: string;
  objects?: { name: string; pos?: string }[];
  edges?: { id: string; pos?: string }[];
}

function route(pos: string, height: number, isReversed: boolean): Route {
  let tip: Point | undefined;
  const points: Point[] = [];
  for (const part of pos.split(/\s+/)) {
    const numbers = part
      .replace(/^[es],/, '')
      .split(',')
      .map(Number);
    const point: Point = [round(numbers[0] ?? 0), round(height - (numbers[1] ?? 0))];
    if (part.startsWith('e') || part.startsWith('s')) tip = point;
    else points.push(point);
  }
  if (isReversed) points.reverse();
  return { points, tip: tip ?? points.at(-1) ?? [0, 0] };
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}

function inches(pixels: number): string {
  return (pixels / POINTS_PER_INCH).toFixed(4);
}
