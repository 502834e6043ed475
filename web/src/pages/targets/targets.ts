// What a target is for, the filter behind "over the target", and what of the map is over it.
import type { MapScope } from '../../api/drawer';
import { isFor, type SavedTarget, type Target, type TargetFigures } from '../../api/targets';
import { type MapGraph, type MapItem, pathId } from '../../pictures/process-map/graph';
import type { Metric } from '../../pictures/process-map/metricNames';
import { METRICS, measured } from '../../pictures/process-map/metrics';
import type { Say } from '../../text/useText';

/** What a target is for, without its time. */
export type TargetOf =
  | { of: 'path'; from: string; to: string }
  | { of: 'wait' | 'work'; activity: string }
  | { of: 'case' };

export const CASE: TargetOf = { of: 'case' };

export function withTime(of: TargetOf, at_most_s: number): Target {
  return { ...of, at_most_s } as Target;
}

export function targetFor(saved: SavedTarget[], of: TargetOf): SavedTarget | undefined {
  return saved.find((one) => isFor(one.target, of));
}

/** What an item of the map can have a target for, what is shown of it first. */
export function kindsOf(item: MapItem, hasWork: boolean): TargetOf[] {
  if (item.kind === 'path') return [{ of: 'path', from: item.from, to: item.to }];
  const wait: TargetOf = { of: 'wait', activity: item.activity };
  return hasWork ? [{ of: 'work', activity: item.activity }, wait] : [wait];
}

export function nameOf(of: TargetOf | Target, text: Say): string {
  switch (of.of) {
    case 'path':
      return text('targets.of.path', { from: of.from, to: of.to });
    case 'wait':
      return text('targets.of.wait', { activity: of.activity });
    case 'work':
      return text('targets.of.work', { activity: of.activity });
    case 'case':
      return text('targets.of.case');
  }
}

type Filter = Record<string, unknown>;

/** Times are exact to the microsecond: this is the first one over a target. */
export function overTime(at_most_s: number): number {
  return Number((at_most_s + 1e-6).toFixed(6));
}

/** Keeps exactly the cases over a target, as the map shows them. */
export function overFilters(target: Target, scope: MapScope, ends: string[] = []): Filter[] {
  const over_s = overTime(target.at_most_s);
  if (target.of === 'case') {
    return [{ kind: 'duration', min_s: over_s, ...(ends.length > 0 && { ends }) }];
  }
  const auxiliary = scope.auxiliary ? { auxiliary: true } : {};
  const filter: Filter =
    target.of === 'path'
      ? {
          kind: 'follows',
          from: [target.from],
          to: [target.to],
          mode: 'directly',
          after_s: over_s,
          ...auxiliary,
        }
      : {
          kind: 'activity_time',
          activities: [target.activity],
          measure: target.of,
          min_s: over_s,
          ...auxiliary,
        };
  const { activities } = scope;
  // Where activities are hidden, what follows is what follows on the map.
  const needsMap = activities !== null && target.of !== 'work';
  return needsMap ? [{ kind: 'event_activity', activities }, filter] : [filter];
}

export type Limits = Partial<Record<'path' | 'wait' | 'work', number>>;

/** The times of some targets in seconds, by what they measure. */
export function limitsOf(saved: SavedTarget[]): Limits {
  return Object.fromEntries(saved.map(({ target }) => [target.of, target.at_most_s]));
}

/** What is over its target under the metric of the map. */
export interface OverTarget {
  activities: ReadonlySet<string>;
  arrows: ReadonlySet<string>;
}

/** The times that a passage can be measured by; a total is of all passages together. */
export function isOfPassage(metric: Metric): boolean {
  return METRICS[metric].kind === 'time' && metric !== 'total';
}

export function overOnMap(
  saved: SavedTarget[],
  graph: MapGraph,
  metric: Metric,
  isWait: boolean,
): OverTarget {
  const [activities, arrows] = [new Set<string>(), new Set<string>()];
  if (!isOfPassage(metric)) return { activities, arrows };
  for (const { target } of saved) {
    if (target.of === 'path') {
      const value = measured(metric, { kind: 'path', from: target.from, to: target.to }, graph);
      if (value !== null && value > target.at_most_s) arrows.add(pathId(target.from, target.to));
    } else if (target.of !== 'case') {
      const one = graph.activities.find(({ activity }) => activity === target.activity);
      const shown = !isWait && one?.duration_s ? 'work' : 'wait';
      const item: MapItem = { kind: 'activity', activity: target.activity };
      const value = target.of === shown ? measured(metric, item, graph) : null;
      if (value !== null && value > target.at_most_s) activities.add(target.activity);
    }
  }
  return { activities, arrows };
}

/** Of the paths with a target the share of their passages within it, by the id of the path. */
export function sharesOf(figures: TargetFigures[]): Map<string, number | null> {
  const shares = new Map<string, number | null>();
  for (const { target, share } of figures) {
    if (target.of === 'path') shares.set(pathId(target.from, target.to), share ?? null);
  }
  return shares;
}

const UNITS_S = { days: 86_400, hours: 3_600, minutes: 60 } as const;
export type TimeParts = Record<keyof typeof UNITS_S, number>;

/** Whole days, hours and minutes; what is less than a minute stays in the minutes. */
export function partsOf(seconds: number): TimeParts {
  const days = Math.floor(seconds / UNITS_S.days);
  const hours = Math.floor((seconds - days * UNITS_S.days) / UNITS_S.hours);
  const rest = seconds - days * UNITS_S.days - hours * UNITS_S.hours;
  return { days, hours, minutes: Math.round((rest / UNITS_S.minutes) * 1e6) / 1e6 };
}

/** Whole seconds. */
export function secondsOf({ days, hours, minutes }: TimeParts): number {
  return Math.round(days * UNITS_S.days + hours * UNITS_S.hours + minutes * UNITS_S.minutes);
}
