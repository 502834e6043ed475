// What the page shows now: figures and picture belong together, so that what has been answered is
// shown when it has been laid out.
import { useMemo, useRef } from 'react';
import type { MapData } from './useMapData';
import type { SceneState } from './useScene';

interface Shown {
  data: MapData;
  scene: SceneState;
}

export interface MapNow extends Shown {
  /** Whether something new is on its way. */
  isBusy: boolean;
}

export function useMapNow(data: MapData, scene: SceneState, isTable: boolean): MapNow {
  const last = useRef<Shown>(null);
  // The table needs no layout, and where nothing is drawn yet there is nothing to keep.
  const isKept = scene.isPending && scene.scene !== null && !isTable;
  if (!last.current || !isKept) last.current = { data, scene };
  const isBusy = data.isFetching || scene.isPending;
  const shown = last.current;
  return useMemo(
    () => ({ data: shown.data, scene: shown.scene, isBusy }),
    [shown.data, shown.scene, isBusy],
  );
}
