// The figures that stand first in what is said of an activity or a path: those of the map.
import { useCallback } from 'react';
import { useFormats } from '../../format';
import type { MapGraph, MapItem } from '../../pictures/process-map/graph';
import type { Metric } from '../../pictures/process-map/metricNames';
import { METRICS, measured } from '../../pictures/process-map/metrics';
import { useText } from '../../text/useText';
import { writer } from './write';

export type Figure = [name: string, value: string];

/** The first and the second figure of an item, as far as it has them. */
export type FiguresOf = (item: MapItem, graph: MapGraph) => Figure[];

export function useFigures(metric: Metric, second: Metric | undefined): FiguresOf {
  const text = useText();
  const format = useFormats();
  return useCallback(
    (item, graph) => {
      const write = writer(format, text, graph.value);
      const metrics = second === undefined || second === metric ? [metric] : [metric, second];
      return metrics.flatMap((one): Figure[] => {
        const value = measured(one, item, graph);
        if (value === null) return [];
        const { kind, unit } = METRICS[one];
        const name = text(`map.metric.${one}`);
        return [[titleOf(name), write(value, unit)]];

        function titleOf(metric: string): string {
          if (kind === 'time') return text('map.metric.timed', { metric });
          if (kind === 'frequency') return metric;
          return text('map.metric.valued', { metric, attribute: graph.value?.attribute ?? '' });
        }
      });
    },
    [text, format, metric, second],
  );
}
