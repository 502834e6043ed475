// What was looked at, in words that stand on paper and in pictures: cases, period, version, filters.
import { useMemo } from 'react';
import type { Version } from '../../api/types';
import { readFilter } from '../../filters/filter';
import { says } from '../../filters/says';
import { useFormats } from '../../format';
import type { Metric } from '../../pictures/process-map/metrics';
import { useText } from '../../text/useText';
import { shareOf } from './Detail';
import type { MapData } from './useMapData';
import type { Sliders } from './useSliders';

interface CaptionOf {
  version: Version;
  data: MapData;
  sliders: Sliders;
  metric: Metric;
  filters: unknown[];
}

export function useCaption({ version, data, sliders, metric, filters }: CaptionOf): string[] {
  const text = useText();
  const format = useFormats(data.whole?.timeZone);
  return useMemo(() => {
    const { whole } = data;
    const { first_event_at: first, last_event_at: last } = version;
    const cases = {
      cases: whole?.size.cases ?? 0,
      total: whole?.total.cases ?? 0,
    };
    const what = [
      text(filters.length > 0 ? 'map.caption.some' : 'map.caption.all', cases),
      ...(first && last ? [format.period(first, last)] : []),
      text('shell.log.version', { number: String(version.number) }),
      text('map.detail.coverage', {
        share: shareOf(sliders.coverage, format.percent),
        count: sliders.transitions,
      }),
      text(`map.metric.${metric}`),
    ];
    const chosen = filters.map((filter) => {
      const known = readFilter(filter);
      return known ? says(known, text, format) : JSON.stringify(filter);
    });
    return [what.join(' · '), ...chosen];
  }, [text, format, version, data, sliders, metric, filters]);
}
