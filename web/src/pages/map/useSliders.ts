// Where the two sliders stand, and what they show.
import { useEffect, useMemo, useState } from 'react';
import { directRoute } from '../../pictures/process-map/curves';
import {
  type Arrow,
  arrowOfPath,
  isTerminal,
  type MapGraph,
  pathId,
} from '../../pictures/process-map/graph';
import {
  autoActivities,
  rareStops,
  type ShownPaths,
  shownPaths,
} from '../../pictures/process-map/selection';
import type { SliderState } from './LabelledSlider';
import { type MapSearch, slider } from './search';
import type { Scene } from './useScene';

export interface Sliders {
  activities: SliderState;
  paths: SliderState;
  /** Share of the transitions that the paths on the map stand for. */
  coverage: number;
  transitions: number;
  /** How many paths are drawn. */
  drawn: number;
  /** What is drawn: the paths that are shown and have a place, all starts and ends, the selected. */
  arrows: Arrow[];
  /** Slider values at which the picture changes. */
  pathStops: number[];
  /** The slider follows the hand before the address does. */
  movePaths: (value: number) => void;
}

/** The map of all activities, and of those that are shown. */
interface ShownMap {
  whole: { map: MapGraph } | undefined;
  shown: { map: MapGraph } | undefined;
}

type SliderSearch = Pick<MapSearch, 'activities' | 'paths' | 'rare' | 'from' | 'to'>;

export function useSliders(data: ShownMap, scene: Scene | null, search: SliderSearch): Sliders {
  const [moved, setMoved] = useState<number | null>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the address has caught up
  useEffect(() => setMoved(null), [search.paths]);
  const rare = search.rare ?? false;
  const graph = scene?.graph ?? data.shown?.map;
  const value = moved ?? search.paths;
  const shown = useMemo(
    () => shownPaths(graph?.paths ?? [], { value: slider(value), rare }),
    [graph, value, rare],
  );
  const ofSliders = useMemo(() => drawn(scene, shown), [scene, shown]);
  const { from, to } = search;
  const arrows = useMemo(
    () => withSelected(ofSliders, scene, from, to),
    [ofSliders, scene, from, to],
  );
  const drawnPaths = useMemo(() => ofSliders.filter((arrow) => !isTerminal(arrow)), [ofSliders]);
  const pathStops = useMemo(() => {
    const all = graph?.paths ?? [];
    const strongestFirst = [...all].sort((left, right) => right.events - left.events);
    const stops = rare ? [...rareStops(strongestFirst).values()] : all.map((one) => one.shown_from);
    return [...stops.map((stop) => Math.max(stop, shown.least)), 100];
  }, [graph, rare, shown.least]);
  const all = data.whole?.map.activities ?? [];
  return {
    activities: {
      value: search.activities ?? autoActivities(all),
      least: 0,
      shown: graph?.activities.length ?? 0,
      count: all.length,
    },
    paths: {
      value: Math.max(shown.least, value ?? shown.auto),
      least: shown.least,
      shown: shown.paths.length,
      count: shown.count,
    },
    coverage: scene ? coverageOf(scene, drawnPaths) : shown.coverage,
    transitions: (graph?.paths ?? []).reduce((sum, path) => sum + path.events, 0),
    drawn: scene ? drawnPaths.length : shown.paths.length,
    arrows,
    pathStops,
    movePaths: setMoved,
  };
}

function drawn(scene: Scene | null, shown: ShownPaths): Arrow[] {
  const visible = new Set(shown.paths);
  return (scene?.arrows ?? []).filter((arrow) => !arrow.path || visible.has(arrow.path));
}

/** A selected path is drawn whatever the sliders say, and counted only when they show it. */
export function withSelected(
  arrows: Arrow[],
  scene: Scene | null,
  from: string | undefined,
  to: string | undefined,
): Arrow[] {
  if (scene === null || from === undefined || to === undefined) return arrows;
  const id = pathId(from, to);
  if (arrows.some((arrow) => arrow.id === id)) return arrows;
  const path = scene.graph.paths.find((one) => one.from === from && one.to === to);
  const [start, end] = [scene.layout.nodes[from], scene.layout.nodes[to]];
  if (!path || !start || !end) return arrows;
  return [...arrows, { ...arrowOfPath(path), isAdded: true, route: directRoute(start, end) }];
}

function coverageOf(scene: Scene, arrows: Arrow[]): number {
  const all = scene.graph.paths.reduce((sum, path) => sum + path.events, 0);
  const some = arrows.reduce((sum, arrow) => sum + arrow.events, 0);
  return all === 0 ? 1 : some / all;
}
