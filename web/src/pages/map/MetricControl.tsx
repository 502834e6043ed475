// What the colours mean: frequency or time, and which figure of it.
import { NativeSelect, SegmentedControl } from '@mantine/core';
import {
  FREQUENCY_METRICS,
  METRICS,
  type Metric,
  type MetricKind,
  TIME_METRICS,
} from '../../pictures/process-map/metrics';
import { useText } from '../../text/useText';
import styles from './MapView.module.css';

const OF_KIND: Record<MetricKind, readonly [Metric, ...Metric[]]> = {
  frequency: FREQUENCY_METRICS,
  time: TIME_METRICS,
};

interface MetricControlProps {
  metric: Metric;
  onChange: (metric: Metric) => void;
  /** Whether activities have times of their own, so that there are two kinds of time. */
  hasOwnTimes: boolean;
  isWait: boolean;
  onWait: (isWait: boolean) => void;
}

export function MetricControl({ metric, onChange, ...times }: MetricControlProps) {
  const text = useText();
  const { kind } = METRICS[metric];
  return (
    <div className={`${styles.card} ${styles.metric}`}>
      <SegmentedControl
        size="xs"
        aria-label={text('map.metric.kind')}
        value={kind}
        onChange={(value) => onChange(OF_KIND[value === 'time' ? 'time' : 'frequency'][0])}
        data={[
          { value: 'frequency', label: text('map.metric.frequency') },
          { value: 'time', label: text('map.metric.time') },
        ]}
      />
      <NativeSelect
        size="xs"
        aria-label={text('map.metric.choose')}
        value={metric}
        onChange={(event) => {
          const chosen = OF_KIND[kind].find((one) => one === event.currentTarget.value);
          if (chosen) onChange(chosen);
        }}
        data={OF_KIND[kind].map((one) => ({ value: one, label: text(`map.metric.${one}`) }))}
      />
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
