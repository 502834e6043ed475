// What the map asks: first which activities there are, then the map of those that are shown.
import {
  type MapActivity,
  type MapExtra,
  type MapOrder,
  mapActivitiesQuery,
  mapQuery,
} from '../../api/map';
import type { Metric } from '../../pictures/process-map/metricNames';
import { METRICS } from '../../pictures/process-map/metrics';
import { shownActivities } from '../../pictures/process-map/selection';
import type { AskAhead } from '../explore/ahead';
import { type MapSearch, slider } from './search';
import { possibleMetric, type ValueAttribute, valueChoice } from './useValueChoice';

export interface ShownMetrics {
  metric: Metric;
  second: Metric | undefined;
  value: ValueAttribute | undefined;
}

export function orderOf(version: string, search: MapSearch): MapOrder {
  return { version, auxiliary: search.auxiliary ?? false, filters: search.filters ?? [] };
}

/** The names of the activities that are shown; `null` when they are all. */
export function chosenOf(all: MapActivity[], search: MapSearch): string[] | null {
  const { activities, rare = false } = search;
  const shown = shownActivities(all, { value: slider(activities), rare });
  return shown.length === all.length ? null : shown.map((one) => one.activity);
}

export function shownMapQuery(order: MapOrder, chosen: string[] | null, shows: ShownMetrics) {
  return mapQuery({ ...order, activities: chosen ?? undefined, extra: extraOf(shows) });
}

/** The second question follows the first without waiting for the page. */
export const askAhead: AskAhead<MapSearch> = async ({ queries, version, schema, search }) => {
  const choice = valueChoice(schema, search.of);
  const metric = possibleMetric(search.metric, choice);
  const shows = { metric, second: search.second, value: choice.chosen };
  const order = orderOf(version.id, search);
  const { map } = await queries.fetchQuery(mapActivitiesQuery(order));
  await queries.prefetchQuery(shownMapQuery(order, chosenOf(map.activities, search), shows));
};

/** What the metrics that are shown need beyond counts and times; nothing for most of them. */
function extraOf({ metric, second, value }: ShownMetrics): MapExtra | undefined {
  const shown = second === undefined ? [metric] : [metric, second];
  const extra: MapExtra = {};
  if (shown.includes('most')) extra.repetitions = true;
  if (value && shown.some((one) => METRICS[one].kind === 'value')) {
    extra.values = [value.name];
    if (shown.includes('valueDelayed')) extra.weight = value.name;
  }
  return Object.keys(extra).length > 0 ? extra : undefined;
}
