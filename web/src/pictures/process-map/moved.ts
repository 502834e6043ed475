// Activities that were moved by hand: the layout with them elsewhere, and their paths after them.
import { directRoute } from './curves';
import type { Arrow } from './graph';
import { type Box, type Layout, type Point, type Route, routeOf } from './layout';
import type { Moved } from './movedBy';

/** The layout with what was moved; the same where nothing of it was. */
export function withMoved(layout: Layout, moved: Moved | undefined, arrows: Arrow[]): Layout {
  const names = Object.keys(moved ?? {}).filter((name) => layout.nodes[name]);
  if (!moved || names.length === 0) return layout;
  const nodes = { ...layout.nodes };
  for (const name of names) {
    const [box, by] = [layout.nodes[name], moved[name]];
    if (box && by) nodes[name] = { ...box, x: box.x + by[0], y: box.y + by[1] };
  }
  const routes = { ...layout.routes };
  for (const arrow of arrows) {
    const route = routeOf(layout, arrow);
    const [from, to] = [nodes[arrow.from], nodes[arrow.to]];
    const [byFrom, byTo] = [moved[arrow.from], moved[arrow.to]];
    if (!route || !from || !to || (!byFrom && !byTo)) continue;
    const [before, after] = [layout.nodes[arrow.from], layout.nodes[arrow.to]];
    if (!before || !after) continue;
    const isTurned = ahead(from, to, layout) !== ahead(before, after, layout);
    routes[arrow.id] =
      isTurned && arrow.from !== arrow.to
        ? directRoute(from, to)
        : drawnOut(route, byFrom ?? STILL, byTo ?? STILL);
  }
  return { ...layout, nodes, routes };
}

const STILL = [0, 0] as const;

/** Which of two boxes the process comes to first, or neither where they overlap. */
function ahead(from: Box, to: Box, { direction }: Layout): number {
  const isDown = direction === 'TB';
  const [a, b] = isDown ? [from.y, to.y] : [from.x, to.x];
  const room = isDown ? (from.height + to.height) / 2 : (from.width + to.width) / 2;
  return Math.abs(b - a) < room ? 0 : Math.sign(b - a);
}

/** A way of which both ends have moved: what lies between moves by its share of each. */
function drawnOut(route: Route, byFrom: Point | typeof STILL, byTo: Point | typeof STILL): Route {
  const last = Math.max(1, route.points.length - 1);
  const shifted = ([x, y]: Point, share: number): Point => [
    x + byFrom[0] * (1 - share) + byTo[0] * share,
    y + byFrom[1] * (1 - share) + byTo[1] * share,
  ];
  return {
    points: route.points.map((point, idx) => shifted(point, idx / last)),
    tip: shifted(route.tip, 1),
  };
}
