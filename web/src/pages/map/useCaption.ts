// What was looked at, in words that stand on paper and in pictures: cases, period, version, filters.
import { useEffect, useMemo, useState } from 'react';
import type { Version } from '../../api/types';
import { readFilter } from '../../filters/filter';
import { useFormats } from '../../format';
import type { Metric } from '../../pictures/process-map/metricNames';
import { useText } from '../../text/useText';
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

export function useCaption({ version, data, sliders, metric, filters }: CaptionOf): string[] {
  const text = useText();
  const format = useFormats(data.whole?.timeZone);
  const says = useSays(filters.length > 0);
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
      data.graph ? metricColumn(metric, data.graph, text) : text(`map.metric.${metric}`),
    ];
    const chosen = filters.map((filter) => {
      const known = readFilter(filter);
      return known && says ? says(known, text, format) : JSON.stringify(filter);
    });
    return [what.join(' · '), ...chosen];
  }, [text, format, version, data, sliders, metric, filters, says]);
}

type Says = typeof import('../../filters/says')['says'];

/** What puts a filter into words, loaded when there is a filter. */
function useSays(isNeeded: boolean): Says | null {
  const [says, setSays] = useState<Says | null>(null);
  useEffect(() => {
    if (!isNeeded) return;
    let isWanted = true;
    void import('../../filters/says').then((loaded) => {
      if (isWanted) setSays(() => loaded.says);
    });
    return () => {
      isWanted = false;
    };
  }, [isNeeded]);
  return says;
}
