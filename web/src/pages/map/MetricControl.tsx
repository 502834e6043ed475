// What the colours mean: frequency or time, and which figure of it.
import { NativeSelect, SegmentedControl } from '@mantine/core';
import {
  FREQUENCY_METRICS,
  type Metric,
  type MetricKind,
  TIME_METRICS,
  VALUE_METRICS,
} from '../../pictures/process-map/metricNames';
import { METRICS } from '../../pictures/process-map/metrics';
import { useText } from '../../text/useText';
import styles from './MapView.module.css';

const OF_KIND: Record<MetricKind, readonly [Metric, ...Metric[]]> = {
  frequency: FREQUENCY_METRICS,
  time: TIME_METRICS,
  value: VALUE_METRICS,
};

/** What there is to choose from where values are shown. */
export interface ValuesOf {
  attributes: string[];
  chosen: string | undefined;
  currencies: string[];
  currency: string | undefined;
  /** Whether waiting can be weighed by them. */
  canDelay: boolean;
}

interface MetricControlProps {
  metric: Metric;
  onChange: (metric: Metric) => void;
  values: ValuesOf;
  onValue: (change: { of?: string; currency?: string }) => void;
  /** Whether activities have times of their own, so that there are two kinds of time. */
  hasOwnTimes: boolean;
  isWait: boolean;
  onWait: (isWait: boolean) => void;
}

export function MetricControl({ metric, onChange, values, onValue, ...times }: MetricControlProps) {
  const text = useText();
  const { kind } = METRICS[metric];
  const kinds: MetricKind[] =
    values.attributes.length > 0 ? ['frequency', 'time', 'value'] : ['frequency', 'time'];
  const choices = OF_KIND[kind].filter((one) => one !== 'valueDelayed' || values.canDelay);
  return (
    <div className={`${styles.card} ${styles.metric}`}>
      <SegmentedControl
        size="xs"
        aria-label={text('map.metric.kind')}
        value={kind}
        onChange={(value) => {
          const chosen = kinds.find((one) => one === value);
          if (chosen) onChange(OF_KIND[chosen][0]);
        }}
        data={kinds.map((one) => ({ value: one, label: text(`map.metric.${one}`) }))}
      />
      {kind === 'value' && (
        <NativeSelect
          size="xs"
          aria-label={text('map.metric.attribute')}
          value={values.chosen ?? ''}
          onChange={(event) => onValue({ of: event.currentTarget.value })}
          data={values.attributes}
        />
      )}
      <NativeSelect
        size="xs"
        aria-label={text('map.metric.choose')}
        value={metric}
        onChange={(event) => {
          const chosen = OF_KIND[kind].find((one) => one === event.currentTarget.value);
          if (chosen) onChange(chosen);
        }}
        data={choices.map((one) => ({ value: one, label: text(`map.metric.${one}`) }))}
      />
      {kind === 'value' && values.currencies.length > 1 && (
        <NativeSelect
          size="xs"
          aria-label={text('map.metric.currency')}
          value={values.currency ?? ''}
          onChange={(event) => onValue({ currency: event.currentTarget.value })}
          data={values.currencies}
        />
      )}
      {kind === 'time' && times.hasOwnTimes && (
        <NativeSelect
          size="xs"
          aria-label={text('map.metric.times')}
          value={times.isWait ? 'wait' : 'work'}
          onChange={(event) => times.onWait(event.currentTarget.value === 'wait')}
          data={(['work', 'wait'] as const).map((one) => ({
            value: one,
            label: text(`map.metric.times.${one}`),
          }))}
        />
      )}
    </div>
  );
}
