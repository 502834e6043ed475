// How the values of a metric are written on the map.
import type { Formats } from '../../format';
import type { ValueUnit } from '../../pictures/process-map/graph';
import type { MetricMeaning } from '../../pictures/process-map/metrics';
import type { Say } from '../../text/useText';

export type Write = (value: number, unit: MetricMeaning['unit']) => string;

export function writer(format: Formats, text: Say, of?: ValueUnit): Write {
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
      case 'value':
        return writeValue(value, format, of);
      case 'valueDays':
        return text('map.valueDays', { value: writeValue(value, format, of) });
    }
  };
}

/** At most a few digits: there is little room on the map. */
function writeValue(value: number, format: Formats, of: ValueUnit | undefined): string {
  if (of?.type === 'duration') return format.durationShort(value);
  if (of?.type === 'money' && of.currency) return format.moneyCompact(value, of.currency);
  return format.figure(value);
}
