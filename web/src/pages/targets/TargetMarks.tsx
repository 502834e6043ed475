// Which activities and paths are over their targets: told to the map, which draws a mark for each.
import { useEffect, useMemo } from 'react';
import type { MapGraph } from '../../pictures/process-map/graph';
import type { Metric } from '../../pictures/process-map/metricNames';
import { useText } from '../../text/useText';
import { type OverTarget, overOnMap } from './targets';
import { useTargets } from './useTargets';

interface TargetMarksProps {
  log: number;
  graph: MapGraph;
  metric: Metric;
  isWait: boolean;
  /** What is over its target, with the words for it; nothing where nothing is. */
  onOver: (over: (OverTarget & { words: string }) | null) => void;
}

export function TargetMarks({ log, graph, metric, isWait, onOver }: TargetMarksProps) {
  const text = useText();
  const { targets, query } = useTargets(log);
  const words = text('targets.isOver');
  const key = JSON.stringify(targets.map(({ target }) => target));
  // biome-ignore lint/correctness/useExhaustiveDependencies: `key` says what the targets are
  const over = useMemo(() => {
    const found = overOnMap(targets, graph, metric, isWait);
    return found.activities.size + found.arrows.size > 0 ? { ...found, words } : null;
  }, [key, query.isSuccess, graph, metric, isWait, words]);
  useEffect(() => onOver(over), [over, onOver]);
  return null;
}
