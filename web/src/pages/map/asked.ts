// What the map asks: which activities there are, and the map of those that are shown.
import { type MapExtra, shownMapQuery } from '../../api/map';
import type { Metric } from '../../pictures/process-map/metricNames';
import { METRICS } from '../../pictures/process-map/metrics';
import type { AskAhead } from '../explore/ahead';
import type { MapSearch } from './search';
import { possibleMetric, type ValueAttribute, valueChoice } from './useValueChoice';

export interface ShownMetrics {
  metric: Metric;
  second: Metric | undefined;
  value: ValueAttribute | undefined;
}

export function askedMap(version: string, search: MapSearch, shows: ShownMetrics) {
  return shownMapQuery({
    version,
    auxiliary: search.auxiliary ?? false,
    filters: search.filters ?? [],
    upTo: search.activities,
    rare: search.rare ?? false,
    extra: extraOf(shows),
  });
}

export const askAhead: AskAhead<MapSearch> = ({ queries, version, schema, search }) => {
  const choice = valueChoice(schema, search.of);
  const metric = possibleMetric(search.metric, choice);
  const shows = { metric, second: search.second, value: choice.chosen };
  return queries.prefetchQuery(askedMap(version.id, search, shows));
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
