// How the values of a metric are written on the map.
import type { Formats } from '../../format';
import type { MetricMeaning } from '../../pictures/process-map/metrics';
import type { Say } from '../../text/useText';

export type Write = (value: number, unit: MetricMeaning['unit']) => string;

export function writer(format: Formats, text: Say): Write {
  return (value, unit) => {
    switch (unit) {
      case 'count':
        return format.number(value, 0);
      case 'ratio':
        return format.percent(value, value < 0.1 ? 1 : 0);
      case 'times':
        return text('map.times', { count: format.number(value, 2) });
      case 'seconds':
        return format.durationShort(value);
    }
  };
}
