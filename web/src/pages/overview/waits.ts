// Where cases spend most of their time together, and how the map shows it.
import type { MapAnswer, MapPath } from '../../api/overview';

const LISTED = 5;

/** The paths with the largest sum of waiting; among equals the order of the answer. */
export function longestWaits({ paths }: MapAnswer): MapPath[] {
  const total = (path: MapPath) => path.duration_s?.total ?? 0;
  return paths
    .filter((path) => total(path) > 0)
    .sort((left, right) => total(right) - total(left))
    .slice(0, LISTED);
}

/**
 * What the map is to show so that it says the same figures of the path: all activities, for a path
 * between two of some skips the others and counts their cases too.
 */
export function onMap({ activities }: MapAnswer, { from, to, shown }: MapPath) {
  return {
    from,
    to,
    metric: 'total',
    ...(activities.every((one) => one.shown) ? {} : { activities: 100 }),
    ...(shown ? {} : { paths: 100 }),
  };
}
