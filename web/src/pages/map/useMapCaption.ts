// What was looked at on the map: beside cases, period and version also coverage and metric.
import { useMemo } from 'react';
import type { Version } from '../../api/types';
import { useFormats } from '../../format';
import type { Metric } from '../../pictures/process-map/metricNames';
import { useText } from '../../text/useText';
import { useCaption } from '../log/useCaption';
import { shareOf } from './share';
import { metricColumn } from './tableNames';
import type { MapData } from './useMapData';
import type { Sliders } from './useSliders';

interface CaptionOf {
  version: Version;
  data: MapData;
  sliders: Sliders;
  metric: Metric;
  filters: unknown[];
}

export function useMapCaption({ version, data, sliders, metric, filters }: CaptionOf): string[] {
  const text = useText();
  const format = useFormats(data.whole?.timeZone);
  const { coverage, transitions } = sliders;
  const { graph } = data;
  const more = useMemo(
    () => [
      text('map.detail.coverage', {
        share: shareOf(coverage, format.percent),
        count: transitions,
      }),
      graph ? metricColumn(metric, graph, text) : text(`map.metric.${metric}`),
    ],
    [text, format, coverage, transitions, metric, graph],
  );
  return useCaption({ version, scope: data.whole, filters, more });
}
