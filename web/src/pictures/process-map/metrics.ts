// What the colours of a map can mean. One entry here is one more choice in the control.

import type { MapActivity, MapPath, Spread } from '../../api/map';
import type { RampName } from '../../style/ramps';
import type { MapGraph, MapItem } from './graph';

export const FREQUENCY_METRICS = ['cases', 'events', 'share', 'repetitions'] as const;
export const TIME_METRICS = ['median', 'mean', 'p90', 'min', 'max', 'total'] as const;
export type Metric = (typeof FREQUENCY_METRICS)[number] | (typeof TIME_METRICS)[number];
export type MetricKind = 'frequency' | 'time';

export interface MetricMeaning {
  kind: MetricKind;
  ramp: RampName;
  /** How a value is written. */
  unit: 'count' | 'ratio' | 'times' | 'seconds';
  /** Durations differ by powers of ten: their colours follow the square root, and the legend says so. */
  scale: 'linear' | 'root';
  /** Activities and paths have one scale together when their values mean the same. */
  isOneScale: boolean;
  ofActivity: (activity: MapActivity, graph: MapGraph) => number | null;
  ofPath: (path: MapPath, graph: MapGraph) => number | null;
}

export const METRICS: Record<Metric, MetricMeaning> = {
  cases: counted('count', (one) => one.cases),
  events: counted('count', (one) => one.events),
  share: counted('ratio', (one, graph) => ratio(one.cases, graph.cases)),
  repetitions: counted('times', (one) => ratio(one.events, one.cases)),
  median: timed((spread) => spread.median),
  mean: timed((spread) => spread.mean),
  p90: timed((spread) => spread.p90),
  min: timed((spread) => spread.min),
  max: timed((spread) => spread.max),
  total: timed((spread) => spread.total),
};

export const METRIC_NAMES = [...FREQUENCY_METRICS, ...TIME_METRICS] as const;

export function isMetric(value: unknown): value is Metric {
  return METRIC_NAMES.some((name) => name === value);
}

type Counts = { cases: number; events: number };

function counted(
  unit: MetricMeaning['unit'],
  value: (one: Counts, graph: MapGraph) => number | null,
): MetricMeaning {
  return {
    kind: 'frequency',
    ramp: 'frequency',
    unit,
    scale: 'linear',
    isOneScale: false,
    ofActivity: value,
    ofPath: value,
  };
}

/** An activity shows its own time where it has one, else the time to whatever follows. */
function timed(value: (spread: Spread) => number): MetricMeaning {
  const of = (spread: Spread | null | undefined) => (spread ? value(spread) : null);
  return {
    kind: 'time',
    ramp: 'duration',
    unit: 'seconds',
    scale: 'root',
    isOneScale: true,
    ofActivity: (activity) => of(activity.duration_s ?? activity.wait_s),
    ofPath: (path) => of(path.duration_s),
  };
}

function ratio(part: number, whole: number): number | null {
  return whole === 0 ? null : part / whole;
}

/** The same map with the time until what follows in the place of the activities' own times. */
export function withWaits(graph: MapGraph): MapGraph {
  const activities = graph.activities.map((one) => ({ ...one, duration_s: null }));
  return { ...graph, activities };
}

/** The value of one metric of an activity or a path, where it has one. */
export function measured(metric: Metric, item: MapItem, graph: MapGraph): number | null {
  const { ofActivity, ofPath } = METRICS[metric];
  if (item.kind === 'activity') {
    const activity = graph.activities.find((one) => one.activity === item.activity);
    return activity ? ofActivity(activity, graph) : null;
  }
  const path = graph.paths.find((one) => one.from === item.from && one.to === item.to);
  return path ? ofPath(path, graph) : null;
}

/** Whether the activities have times of their own, or only those to whatever follows. */
export function hasOwnTimes(graph: MapGraph): boolean {
  return graph.activities.some((activity) => activity.duration_s);
}
