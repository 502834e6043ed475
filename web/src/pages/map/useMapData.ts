// What the map shows: asked from the server, again when the activities change, old until new is there.
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useMemo, useRef } from 'react';
import type { MapScope } from '../../api/drawer';
import type { MapOfVersion, ShownMap } from '../../api/map';
import type { MapGraph } from '../../pictures/process-map/graph';
import { askedMap, type ShownMetrics } from './asked';
import type { MapSearch } from './search';
import { unitOf } from './useValueChoice';

export interface MapData {
  /** All activities of the log, without paths. */
  whole: MapOfVersion | undefined;
  /** The map of the activities that are shown; what was shown before while a new one is on its way. */
  shown: MapOfVersion | undefined;
  /** The same as it is drawn: with the unit of its values. */
  graph: MapGraph | undefined;
  /** Of what it is the map. */
  scope: MapScope;
  isFetching: boolean;
  error: Error | null;
  retry: () => void;
}

export function useMapData(version: string, search: MapSearch, shows: ShownMetrics): MapData {
  const asked = useQuery({
    ...askedMap(version, search, shows),
    placeholderData: keepPreviousData,
  });
  const last = useRef<ShownMap>(undefined);
  if (asked.data) last.current = asked.data;
  const data = asked.data ?? last.current;
  const shown = data?.shown;
  const { value } = shows;
  const { currency, filters, auxiliary = false } = search;
  const graph = useMemo(
    () =>
      shown && (value ? { ...shown.map, value: unitOf(shown.map, value, currency) } : shown.map),
    [shown, value, currency],
  );
  const scope = useMemo(
    () => data?.scope ?? { version, filters: filters ?? [], activities: null, auxiliary },
    [data, version, filters, auxiliary],
  );
  const { isFetching, error, refetch } = asked;
  return useMemo(
    () => ({
      whole: data?.whole,
      shown,
      graph,
      scope,
      isFetching,
      error,
      retry: () => void refetch(),
    }),
    [data, shown, graph, scope, isFetching, error, refetch],
  );
}
