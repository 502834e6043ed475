// What the stage shows: one of these, each of them drawn.
import type { MapGraph } from '../../pictures/process-map/graph';
import { type Flat, flatness } from './flatness';
import type { MapData } from './useMapData';
import { isDrawable, type Scene, type SceneState } from './useScene';

export type StageState =
  | { kind: 'failed'; error: Error; retry: () => void }
  | { kind: 'loading' }
  | { kind: 'noMatch' }
  | { kind: 'table'; graph: MapGraph }
  | { kind: 'flat'; flat: Flat }
  | { kind: 'tooBig'; count: number }
  | { kind: 'layoutFailed'; message: string; retry: () => void }
  | { kind: 'drawing' }
  | { kind: 'picture'; scene: Scene };

interface StageOf {
  data: MapData;
  scene: SceneState;
  isTable: boolean;
  /** Whether the map of a log without a process in it is wanted all the same. */
  isFlatWanted: boolean;
}

export function stageState({ data, scene, isTable, isFlatWanted }: StageOf): StageState {
  const { whole, shown, error, retry } = data;
  if (error) return { kind: 'failed', error, retry };
  if (!whole || !shown) return { kind: 'loading' };
  if (whole.map.activities.length === 0) return { kind: 'noMatch' };
  if (isTable) return { kind: 'table', graph: data.graph ?? shown.map };
  const flat = flatness(whole);
  if (flat && !isFlatWanted) return { kind: 'flat', flat };
  if (!isDrawable(shown.map)) return { kind: 'tooBig', count: shown.map.activities.length };
  if (scene.error) {
    return { kind: 'layoutFailed', message: scene.error.message, retry: scene.retry };
  }
  return scene.scene ? { kind: 'picture', scene: scene.scene } : { kind: 'drawing' };
}
