// What the maps of both sides show: asked again when the activities change, old until new is there.
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useMemo, useRef } from 'react';
import { type ComparisonAnswer, comparisonQuery } from '../../api/comparison';
import type { Version } from '../../api/types';
import { unionGraph } from '../../pictures/process-map/compared';
import type { MapGraph } from '../../pictures/process-map/graph';
import { shownActivities } from '../../pictures/process-map/selection';
import { slider } from '../map/search';
import type { CompareSearch } from './search';
import type { Sides } from './sides';

interface ComparedMaps {
  /** The map of both with all activities. */
  whole: MapGraph;
  /** With those that are shown; the one before while a new one is on its way. */
  shown: MapGraph | undefined;
  /** The answer that a map of both was made from. */
  answerOf: (graph: MapGraph) => ComparisonAnswer | undefined;
  isFetching: boolean;
  error: Error | null;
  retry: () => void;
}

interface ComparedOf {
  version: Version;
  search: CompareSearch;
  sides: Sides;
  /** On all activities. */
  comparison: ComparisonAnswer;
}

const answers = new WeakMap<MapGraph, ComparisonAnswer>();

export function useCompared({ version, search, sides, comparison }: ComparedOf): ComparedMaps {
  const filters = useMemo(() => search.filters ?? [], [search.filters]);
  const whole = useMemo(() => graphOf(comparison), [comparison]);
  const chosen = useMemo(() => {
    const shown = shownActivities(whole.activities, slider(search.activities));
    return shown.length === whole.activities.length ? null : shown.map((one) => one.activity);
  }, [whole, search.activities]);
  const isWhole = chosen === null;
  const part = useQuery({
    ...comparisonQuery({ version: version.id, filters, ...sides, activities: chosen ?? [] }),
    enabled: !isWhole,
    placeholderData: keepPreviousData,
  });
  const answer = isWhole ? comparison : part.isPlaceholderData ? undefined : part.data?.comparison;
  const graph = useMemo(() => (answer ? graphOf(answer) : undefined), [answer]);
  const last = useRef<MapGraph>(undefined);
  if (graph) last.current = graph;
  return {
    whole,
    shown: graph ?? last.current,
    answerOf: (one) => answers.get(one),
    isFetching: !isWhole && part.isFetching,
    error: isWhole ? null : part.error,
    retry: () => void part.refetch(),
  };
}

function graphOf(answer: ComparisonAnswer): MapGraph {
  const graph = unionGraph(answer);
  answers.set(graph, answer);
  return graph;
}
