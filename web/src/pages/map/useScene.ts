// The drawing of a map: its layout, computed beside the page. The old drawing stays until then.
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react';
import { useFormats } from '../../format';
import {
  type Arrow,
  arrowOfPath,
  type MapGraph,
  terminalArrows,
} from '../../pictures/process-map/graph';
import type { Direction, Layout } from '../../pictures/process-map/layout';
import { computeLayout, knownLayout } from '../../pictures/process-map/layoutService';
import { canvasMeasure, VALUE_FONT } from '../../pictures/process-map/measure';
import { METRIC_NAMES } from '../../pictures/process-map/metricNames';
import { METRICS } from '../../pictures/process-map/metrics';
import { layoutRequest } from '../../pictures/process-map/request';
import { laidOutPaths } from '../../pictures/process-map/selection';
import { useText } from '../../text/useText';
import { writer } from './write';

export const measure = canvasMeasure();

/** More activities than this make a picture that nobody can read, and one that takes minutes. */
export const DRAWN_ACTIVITIES_MAX = 120;

export interface Scene {
  graph: MapGraph;
  layout: Layout;
  /** Every arrow that has a place in the layout, or is a stub. */
  arrows: Arrow[];
}

export interface SceneState {
  scene: Scene | null;
  isPending: boolean;
  error: Error | null;
  retry: () => void;
}

export function useScene(
  graph: MapGraph | undefined,
  rare: boolean,
  direction: Direction,
): SceneState {
  const text = useText();
  const format = useFormats();
  const hasFonts = useFonts();
  const [done, setDone] = useState<Scene | null>(null);
  const [error, setError] = useState<Error | null>(null);
  const [attempt, setAttempt] = useState(0);
  const arrows = useMemo(() => (graph ? drawnArrows(graph, rare) : []), [graph, rare]);
  const request = useMemo(() => {
    if (!graph || !hasFonts || !isDrawable(graph)) return null;
    const valueWidth = widestValue(graph, writer(format, text, graph.value));
    const [startWord, endWord] = [text('map.start'), text('map.end')];
    return layoutRequest({ graph, arrows, direction, startWord, endWord, valueWidth, measure });
  }, [graph, arrows, direction, text, format, hasFonts]);
  // What was laid out a moment ago is drawn at once.
  const known = useMemo((): Scene | null => {
    const layout = request && knownLayout(request);
    return graph && layout ? { graph, layout, arrows } : null;
  }, [graph, arrows, request]);
  // The engine begins before the page is painted.
  // biome-ignore lint/correctness/useExhaustiveDependencies: another attempt asks again
  useLayoutEffect(() => {
    if (!graph || !request || known) return;
    const abort = new AbortController();
    computeLayout(request, abort.signal).then(
      (layout) => {
        if (abort.signal.aborted) return;
        setError(null);
        setDone({ graph, layout, arrows });
      },
      (reason: unknown) => {
        if (!abort.signal.aborted) setError(reason instanceof Error ? reason : new Error('layout'));
      },
    );
    return () => abort.abort();
  }, [graph, arrows, request, known, attempt]);
  const isDone = done !== null && done.graph === graph && done.arrows === arrows;
  const drawn = useRef<Scene>(null);
  const current = known ?? (isDone ? done : null);
  if (current) drawn.current = current;
  const scene = drawn.current;
  const failure = current ? null : error;
  const isPending = !current && request !== null && error === null;
  return useMemo(
    () => ({
      scene,
      isPending,
      error: failure,
      retry: () => setAttempt((before) => before + 1),
    }),
    [scene, isPending, failure],
  );
}

export function isDrawable(graph: MapGraph): boolean {
  return graph.activities.length <= DRAWN_ACTIVITIES_MAX;
}

function drawnArrows(graph: MapGraph, rare: boolean): Arrow[] {
  return [...laidOutPaths(graph.paths, rare).map(arrowOfPath), ...terminalArrows(graph)];
}

/** The room for values is the same under every metric: changing the metric moves nothing. */
function widestValue(graph: MapGraph, write: ReturnType<typeof writer>): number {
  let widest = 0;
  for (const name of METRIC_NAMES) {
    const { ofActivity, unit } = METRICS[name];
    for (const activity of graph.activities) {
      const value = ofActivity(activity, graph);
      if (value !== null) widest = Math.max(widest, measure(write(value, unit), VALUE_FONT));
    }
  }
  return Math.ceil(widest);
}

/** Widths are measured once the font is there. */
function useFonts(): boolean {
  const [isReady, setIsReady] = useState(false);
  useEffect(() => {
    let isWanted = true;
    const show = () => isWanted && setIsReady(true);
    document.fonts.load('600 14px "Inter Variable"').then(show, show);
    return () => {
      isWanted = false;
    };
  }, []);
  return isReady;
}
