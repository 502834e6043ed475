// What the colours of a map can mean. One name here is one more choice in the control.

export const FREQUENCY_METRICS = ['cases', 'events', 'share', 'repetitions', 'most'] as const;
export const TIME_METRICS = ['median', 'mean', 'p90', 'min', 'max', 'total'] as const;
/** Of the values of one attribute; `valueDelayed` is value × days of waiting. */
export const VALUE_METRICS = [
  'valueSum',
  'valueMean',
  'valueMedian',
  'valueMin',
  'valueMax',
  'valueDelayed',
] as const;
type ValueMetric = (typeof VALUE_METRICS)[number];
export type Metric =
  | (typeof FREQUENCY_METRICS)[number]
  | (typeof TIME_METRICS)[number]
  | ValueMetric;
export type MetricKind = 'frequency' | 'time' | 'value';

export const METRIC_NAMES = [...FREQUENCY_METRICS, ...TIME_METRICS, ...VALUE_METRICS] as const;

export function isMetric(value: unknown): value is Metric {
  return METRIC_NAMES.some((name) => name === value);
}
