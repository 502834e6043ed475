// What each metric of a map means: its value of an activity and of a path, its unit and its scale.

import type { MapActivity, MapPath, Spread } from '../../api/map';
import type { RampName } from '../../style/ramps';
import type { MapGraph, MapItem, ValueUnit } from './graph';
import type { Metric, MetricKind } from './metricNames';

export interface MetricMeaning {
  kind: MetricKind;
  ramp: RampName;
  /** How a value is written. */
  unit: 'count' | 'ratio' | 'times' | 'seconds' | 'value' | 'valueDays';
  /** Durations differ by powers of ten: their colours follow the square root, and the legend says so. */
  scale: 'linear' | 'root';
  /** Activities and paths have one scale together when their values mean the same. */
  isOneScale: boolean;
  /** Whether a value of few cases says little, so that it has no colour. */
  needsCases: boolean;
  ofActivity: (activity: MapActivity, graph: MapGraph) => number | null;
  ofPath: (path: MapPath, graph: MapGraph) => number | null;
}

export const METRICS: Record<Metric, MetricMeaning> = {
  cases: counted('count', (one) => one.cases),
  events: counted('count', (one) => one.events),
  share: counted('ratio', (one, graph) => ratio(one.cases, graph.cases)),
  repetitions: counted('times', (one) => ratio(one.events, one.cases)),
  most: counted('count', (one) => one.most_in_case ?? null),
  median: timed((spread) => spread.median),
  mean: timed((spread) => spread.mean),
  p90: timed((spread) => spread.p90),
  min: timed((spread) => spread.min),
  max: timed((spread) => spread.max),
  total: timed((spread) => spread.total),
  valueSum: valued('value', false, figure('sum')),
  valueMean: valued('value', true, figure('mean')),
  valueMedian: valued('value', true, figure('median')),
  valueMin: valued('value', true, figure('min')),
  valueMax: valued('value', true, figure('max')),
  valueDelayed: valued('valueDays', false, delayed),
};

type Counts = { cases: number; events: number; most_in_case?: number | null };

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
    needsCases: false,
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
    needsCases: true,
    ofActivity: (activity) => of(activity.duration_s ?? activity.wait_s),
    ofPath: (path) => of(path.duration_s),
  };
}

type Valued = Pick<MapActivity, 'values' | 'weighted'>;
type Figures = NonNullable<MapActivity['values']>[number]['figures'][number];

function valued(
  unit: MetricMeaning['unit'],
  needsCases: boolean,
  value: (one: Valued, of: ValueUnit) => number | null,
): MetricMeaning {
  const of = (one: Valued, graph: MapGraph) => (graph.value ? value(one, graph.value) : null);
  return {
    kind: 'value',
    ramp: 'cost',
    unit,
    scale: 'linear',
    isOneScale: true,
    needsCases,
    ofActivity: of,
    ofPath: of,
  };
}

function figure(name: 'sum' | 'mean' | 'median' | 'min' | 'max') {
  return (one: Valued, { attribute, currency }: ValueUnit): number | null => {
    const values = one.values?.find((known) => known.attribute === attribute);
    const isOf = (known: Figures) => (known.currency ?? null) === currency;
    const found = values?.figures.find(isOf)?.[name];
    return found === undefined ? null : Number(found);
  };
}

function delayed(one: Valued, { attribute, type, currency }: ValueUnit): number | null {
  const unit = type === 'money' ? `money_days(${currency ?? ''})` : `${attribute}·days`;
  return one.weighted?.find((known) => known.unit === unit)?.total ?? null;
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
