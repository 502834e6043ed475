// What the map shows: asked from the server, again when the activities change, old until new is there.
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useMemo, useRef } from 'react';
import { type MapOfVersion, mapQuery } from '../../api/map';
import { shownActivities } from '../../pictures/process-map/selection';
import { type MapSearch, slider } from './search';

export interface MapData {
  /** All activities of the log, and its key figures. */
  whole: MapOfVersion | undefined;
  /** The map of the activities that are shown; what was shown before while a new one is on its way. */
  shown: MapOfVersion | undefined;
  isFetching: boolean;
  error: Error | null;
  retry: () => void;
}

export function useMapData(version: string, search: MapSearch): MapData {
  const auxiliary = search.auxiliary ?? false;
  const filters = useMemo(() => search.filters ?? [], [search.filters]);
  const order = { version, auxiliary, filters };
  const whole = useQuery({ ...mapQuery(order), placeholderData: keepPreviousData });
  const rare = search.rare ?? false;
  const chosen = useMemo(() => {
    const all = whole.data?.map.activities ?? [];
    const shown = shownActivities(all, { value: slider(search.activities), rare });
    return shown.length === all.length ? null : shown.map((one) => one.activity);
  }, [whole.data, search.activities, rare]);
  const isWhole = chosen === null;
  const part = useQuery({
    ...mapQuery({ ...order, activities: chosen ?? [] }),
    enabled: whole.data !== undefined && !whole.isPlaceholderData && !isWhole,
    placeholderData: keepPreviousData,
  });
  const asked = isWhole ? whole : part;
  const last = useRef<MapOfVersion>(undefined);
  if (asked.data && !asked.isPlaceholderData) last.current = asked.data;
  return {
    whole: whole.data,
    shown: asked.isPlaceholderData ? last.current : (asked.data ?? last.current),
    isFetching: whole.isFetching || asked.isFetching,
    error: whole.error ?? (isWhole ? null : part.error),
    retry: () => void (whole.error ? whole.refetch() : part.refetch()),
  };
}
