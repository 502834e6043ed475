// What was looked at on the map: beside cases, period and version also coverage and metric.
import type { Version } from '../../api/types';
import type { Formats } from '../../format';
import type { Metric } from '../../pictures/process-map/metricNames';
import type { Say } from '../../text/useText';
import type { CaptionOf } from '../log/caption';
import { shareOf } from './share';
import { metricColumn } from './tableNames';
import type { MapData } from './useMapData';
import type { Sliders } from './useSliders';

export interface MapCaptionOf {
  version: Version;
  data: MapData;
  sliders: Sliders;
  metric: Metric;
  filters: unknown[];
}

export function mapCaption(of: MapCaptionOf, text: Say, format: Formats): CaptionOf {
  const { version, data, sliders, metric, filters } = of;
  const more = [
    text('map.detail.coverage', {
      share: shareOf(sliders.coverage, format.percent),
      count: sliders.transitions,
    }),
    data.graph ? metricColumn(metric, data.graph, text) : text(`map.metric.${metric}`),
  ];
  return { version, scope: data.whole, filters, more };
}
