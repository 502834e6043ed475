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

/** What the map is to show so that the path is on it: more than at first only where it must. */
export function onMap({ activities }: MapAnswer, { from, to, shown }: MapPath) {
  const ends = activities.filter((one) => one.activity === from || one.activity === to);
  const hidden = ends.filter((one) => !one.shown).map((one) => one.shown_from);
  return {
    from,
    to,
    metric: 'total',
    ...(hidden.length > 0 ? { activities: Math.max(...hidden) } : {}),
    ...(shown ? {} : { paths: 100 }),
  };
}
