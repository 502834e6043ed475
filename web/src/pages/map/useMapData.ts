// What the map shows: asked from the server, again when the activities change, old until new is there.
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useMemo, useRef } from 'react';
import { type MapExtra, type MapOfVersion, type MapOrder, mapQuery } from '../../api/map';
import type { MapGraph } from '../../pictures/process-map/graph';
import type { Metric } from '../../pictures/process-map/metricNames';
import { METRICS } from '../../pictures/process-map/metrics';
import { shownActivities } from '../../pictures/process-map/selection';
import { hasGroups } from './edits';
import { type MapSearch, slider } from './search';
import { unitOf, type ValueAttribute } from './useValueChoice';

export interface MapData {
  /** All activities of the log, and its key figures. */
  whole: MapOfVersion | undefined;
  /** The map of the activities that are shown; what was shown before while a new one is on its way. */
  shown: MapOfVersion | undefined;
  /** The same as it is drawn: with the unit of its values. */
  graph: MapGraph | undefined;
  /** The names of the activities that are shown; `null` when they are all. */
  chosen: string[] | null;
  isFetching: boolean;
  error: Error | null;
  retry: () => void;
}

interface ShownMetrics {
  metric: Metric;
  second: Metric | undefined;
  value: ValueAttribute | undefined;
}

export function useMapData(version: string, search: MapSearch, shows: ShownMetrics): MapData {
  const auxiliary = search.auxiliary ?? false;
  const filters = useMemo(() => search.filters ?? [], [search.filters]);
  const extra = extraOf(shows);
  const order = { version, auxiliary, filters, ...(extra && { extra }) };
  const whole = useQuery({ ...mapQuery(order), placeholderData: keepPreviousData });
  const rare = search.rare ?? false;
  const chosen = useMemo(() => {
    const all = whole.data?.map.activities ?? [];
    const shown = shownActivities(all, { value: slider(search.activities), rare });
    return shown.length === all.length ? null : shown.map((one) => one.activity);
  }, [whole.data, search.activities, rare]);
  const isWhole = chosen === null;
  // Under other filters the same activities are likely shown: both maps are asked for at once.
  const isKnown = !whole.isPlaceholderData || hasSameNames(order, whole.data?.order);
  const part = useQuery({
    ...mapQuery({ ...order, activities: chosen ?? [] }),
    enabled: whole.data !== undefined && isKnown && !isWhole,
    placeholderData: keepPreviousData,
  });
  const asked = isWhole ? whole : part;
  const isOld = whole.isPlaceholderData || asked.isPlaceholderData;
  const last = useRef<MapOfVersion>(undefined);
  if (asked.data && !isOld) last.current = asked.data;
  const shown = isOld ? last.current : (asked.data ?? last.current);
  const { value } = shows;
  const { currency } = search;
  const graph = useMemo(
    () =>
      shown && (value ? { ...shown.map, value: unitOf(shown.map, value, currency) } : shown.map),
    [shown, value, currency],
  );
  return {
    whole: whole.data,
    shown,
    graph,
    chosen,
    isFetching: whole.isFetching || asked.isFetching,
    error: whole.error ?? (isWhole || isOld ? null : part.error),
    retry: () => void (whole.error ? whole.refetch() : part.refetch()),
  };
}

/** Whether an activity of the one map is one of the other, too. */
function hasSameNames(one: MapOrder, other: MapOrder | undefined): boolean {
  if (one.version !== other?.version) return false;
  return !hasGroups(one.filters) && !hasGroups(other.filters);
}

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
