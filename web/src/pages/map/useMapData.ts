// What the map shows: asked from the server, again when the activities change, old until new is there.
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useMemo, useRef } from 'react';
import { type MapOfVersion, mapActivitiesQuery } from '../../api/map';
import type { MapGraph } from '../../pictures/process-map/graph';
import { chosenOf, orderOf, type ShownMetrics, shownMapQuery } from './asked';
import type { MapSearch } from './search';
import { unitOf } from './useValueChoice';

export interface MapData {
  /** All activities of the log, without paths. */
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

export function useMapData(version: string, search: MapSearch, shows: ShownMetrics): MapData {
  const order = orderOf(version, search);
  const whole = useQuery({ ...mapActivitiesQuery(order), placeholderData: keepPreviousData });
  const { activities, rare } = search;
  const chosen = useMemo(
    () => chosenOf(whole.data?.map.activities ?? [], { activities, rare }),
    [whole.data, activities, rare],
  );
  const asked = useQuery({
    ...shownMapQuery(order, chosen, shows),
    enabled: whole.data !== undefined && !whole.isPlaceholderData,
    placeholderData: keepPreviousData,
  });
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
    error: whole.error ?? (isOld ? null : asked.error),
    retry: () => void (whole.error ? whole.refetch() : asked.refetch()),
  };
}
