// Which figure stands beside the first, in what is said of an activity or a path.
import { NativeSelect } from '@mantine/core';
import { useId } from 'react';
import {
  FREQUENCY_METRICS,
  isMetric,
  type Metric,
  type MetricKind,
  TIME_METRICS,
  VALUE_METRICS,
} from '../../pictures/process-map/metricNames';
import { useText } from '../../text/useText';
import styles from './Panel.module.css';

interface SecondFigureProps {
  metric: Metric;
  second: Metric | undefined;
  /** Whether the log has values to show. */
  hasValues: boolean;
  onChange: (second: Metric | undefined) => void;
}

export function SecondFigure({ metric, second, hasValues, onChange }: SecondFigureProps) {
  const text = useText();
  const hint = useId();
  const isShown = second !== undefined && second !== metric;
  const group = (name: MetricKind, metrics: readonly Metric[]) => ({
    group: text(`map.metric.${name}`),
    items: metrics
      .filter((one) => one !== metric)
      .map((one) => ({ value: one, label: text(`map.metric.${one}`) })),
  });
  return (
    <>
      <div className={styles.row} title={text('map.second.hint')}>
        <span className={styles.label}>{text('map.second')}</span>
        <NativeSelect
          size="xs"
          aria-label={text('map.second')}
          aria-describedby={isShown ? hint : undefined}
          value={isShown ? second : ''}
          onChange={(event) => {
            const { value } = event.currentTarget;
            onChange(isMetric(value) ? value : undefined);
          }}
          data={[
            { value: '', label: text('map.second.none') },
            group('frequency', FREQUENCY_METRICS),
            group('time', TIME_METRICS),
            ...(hasValues ? [group('value', VALUE_METRICS)] : []),
          ]}
        />
      </div>
      {/* The map itself stays as it is: where the figure is found is said. */}
      {isShown && (
        <p id={hint} className={styles.hint}>
          {text('map.second.hint')}
        </p>
      )}
    </>
  );
}
