// Which stages a funnel has before somebody chooses: the main road of the process map.
import type { AskedStage, StageSource } from '../../api/funnel';
import { mainRoad, processOrder } from '../../pictures/process-map/order';

/** More are hard to compare at a glance. */
const SHOWN_MAX = 12;

/**
 * The activities of the main road, as the map draws it, from the one that most cases have: a road
 * that begins with a side entrance would leave out whoever came in by the main one. Of a long road
 * the stages stay at which most cases are lost or found; the first and the last always do.
 */
export function startingStages({ map }: StageSource): AskedStage[] {
  const names = map.activities.map((one) => one.activity);
  const numbers = new Map(names.map((name, idx) => [name, idx]));
  const number = (name: string) => numbers.get(name) ?? -1;
  const links = map.paths.map((path) => ({
    from: number(path.from),
    to: number(path.to),
    weight: path.events,
  }));
  const at = (ends: { activity: string; cases: number }[]) =>
    new Map(ends.map((one) => [number(one.activity), one.cases]));
  const order = processOrder(names.length, links);
  const road = mainRoad(order, links, at(map.starts), at(map.ends));
  const cases = (node: number) => map.activities[node]?.cases ?? 0;
  const most = Math.max(0, ...road.map(cases));
  const main = road.slice(road.findIndex((node) => cases(node) === most));
  return thinned(main, cases).map((node) => ({ activities: [names[node] ?? ''] }));
}

function thinned(road: number[], cases: (node: number) => number): number[] {
  const left = [...road];
  while (left.length > SHOWN_MAX) {
    const changes = left
      .slice(1, -1)
      .map((node, idx) => Math.abs(cases(node) - cases(left[idx] ?? node)));
    left.splice(changes.indexOf(Math.min(...changes)) + 1, 1);
  }
  return left;
}
