// Why is what was selected not on the map, and what would bring it there?
import type { MapActivity } from '../../api/map';
import type { MapGraph, MapItem } from '../../pictures/process-map/graph';
import { activityStops } from '../../pictures/process-map/selection';

export type Absence =
  /** None of the cases has it: it is in no event, left out, or filtered away. */
  | { kind: 'unknown'; activity: string }
  /** The Activities slider hides it; at this value it is there. */
  | { kind: 'hidden'; from: number }
  /** Both activities are there, and no case goes from one to the other. */
  | { kind: 'noPath' };

/** `null` when it is on the map. */
export function absenceOf(item: MapItem, graph: MapGraph, all: MapActivity[]): Absence | null {
  const names = item.kind === 'activity' ? [item.activity] : [item.from, item.to];
  const unknown = names.find((name) => !all.some((one) => one.activity === name));
  if (unknown !== undefined) return { kind: 'unknown', activity: unknown };
  const isShown = (name: string) => graph.activities.some((one) => one.activity === name);
  if (!names.every(isShown)) {
    const stops = activityStops(all);
    return { kind: 'hidden', from: Math.max(...names.map((name) => stops.get(name) ?? 100)) };
  }
  if (item.kind === 'activity') return null;
  const isThere = graph.paths.some((one) => one.from === item.from && one.to === item.to);
  return isThere ? null : { kind: 'noPath' };
}
