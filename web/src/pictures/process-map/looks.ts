// How each activity and each path looks under a metric: colour, ink, width, the value written on it.

import type { MapActivity } from '../../api/map';
import { inkOn, type Ramp } from './colour';
import { type Arrow, isTerminal, type MapGraph } from './graph';
import type { Metric } from './metricNames';
import { METRICS, type MetricMeaning } from './metrics';
import { type Domain, domainOf, pathWidth, place, terminalWidth } from './scale';

/** Fewer than this share of the cases of a step is too few to colour a time by. */
export const FEW_SHARE = 0.05;

/** Dashes thinner than this cannot be seen as such. */
const ADDED_WIDTH_MIN = 2.4;

export interface Palette {
  activity: Ramp;
  path: Ramp;
  /** For what has no value, or one of too few cases. */
  mutedActivity: string;
  mutedPath: string;
  terminal: string;
}

export interface ActivityLook {
  fill: string;
  ink: string;
  value: string;
  /** From 0 to 1 on the scale; `null` when it is not on it. */
  place: number | null;
}

export interface ArrowLook {
  colour: string;
  width: number;
  value: string;
  place: number | null;
}

export interface Looks {
  activities: Map<string, ActivityLook>;
  arrows: Map<string, ArrowLook>;
  activityDomain: Domain | null;
  pathDomain: Domain | null;
  /** Cases on the paths that are shown: what the widths mean. */
  widthDomain: Domain | null;
}

/** Scales that are given, so that pictures beside each other can be compared. */
interface GivenScales {
  activityDomain: Domain | null;
  pathDomain: Domain | null;
  /** The cases of the widest arrow. */
  most: number;
}

export interface LooksOf {
  graph: MapGraph;
  /** What is shown. */
  arrows: Arrow[];
  metric: Metric;
  palette: Palette;
  write: (value: number, unit: MetricMeaning['unit']) => string;
  /** Those of what is shown when absent. */
  scales?: GivenScales;
}

export function looksOf({ graph, arrows, metric, palette, write, scales }: LooksOf): Looks {
  const meaning = METRICS[metric];
  const casesOf = new Map(graph.activities.map((one) => [one.activity, one.cases]));
  const isFew = (arrow: Arrow) =>
    meaning.needsCases && arrow.cases < FEW_SHARE * (casesOf.get(arrow.from) ?? 0);
  const leaving = eventsLeaving(graph);
  const isFewOf = (activity: MapActivity) =>
    meaning.kind === 'time' &&
    !activity.duration_s &&
    (leaving.get(activity.activity) ?? 0) < FEW_SHARE * activity.events;
  const activityValues = graph.activities.map((one) =>
    isFewOf(one) ? null : meaning.ofActivity(one, graph),
  );
  // What a selection adds changes no colour and no width of the others.
  const ofSliders = arrows.filter((arrow) => !arrow.isAdded);
  const onScale = ofSliders.filter((arrow) => arrow.path && !isFew(arrow));
  const pathValues = onScale.map((one) => one.path && meaning.ofPath(one.path, graph)).map(orNull);
  const shared = domainOf([...activityValues, ...pathValues]);
  const ownActivities = meaning.isOneScale ? shared : domainOf(activityValues);
  const activityDomain = scales ? scales.activityDomain : ownActivities;
  const ownPaths = meaning.isOneScale ? shared : domainOf(pathValues);
  const pathDomain = scales ? scales.pathDomain : ownPaths;
  const most = scales?.most ?? Math.max(0, ...ofSliders.map((arrow) => arrow.cases));
  const looks: Looks = {
    activities: new Map(),
    arrows: new Map(),
    activityDomain,
    pathDomain,
    widthDomain: domainOf(ofSliders.filter((arrow) => arrow.path).map((arrow) => arrow.cases)),
  };
  for (const activity of graph.activities) {
    looks.activities.set(activity.activity, lookOf(activity));
  }
  for (const arrow of arrows) looks.arrows.set(arrow.id, arrowLook(arrow));
  return looks;

  function lookOf(activity: MapActivity): ActivityLook {
    const value = meaning.ofActivity(activity, graph);
    const at = isFewOf(activity) ? null : placed(value, activityDomain);
    const fill = at === null ? palette.mutedActivity : palette.activity(at);
    return { fill, ink: inkOn(fill), value: written(value), place: at };
  }

  function arrowLook(arrow: Arrow): ArrowLook {
    if (arrow.path === undefined) {
      // Times begin and end with the case: its start and its end have none, and no values either.
      const value = meaning.kind === 'frequency' ? terminalValue(arrow) : '';
      const width = terminalWidth(arrow.cases, most);
      return { colour: palette.terminal, width, value, place: null };
    }
    const value = meaning.ofPath(arrow.path, graph);
    const at = isFew(arrow) ? null : placed(value, pathDomain);
    return {
      colour: at === null ? palette.mutedPath : palette.path(at),
      width: Math.max(arrow.isAdded ? ADDED_WIDTH_MIN : 0, pathWidth(arrow.cases, most)),
      value: written(value),
      place: at,
    };
  }

  function terminalValue(arrow: Arrow): string {
    return metric === 'share'
      ? written(arrow.cases / Math.max(1, graph.cases))
      : write(arrow.cases, 'count');
  }

  function placed(value: number | null, domain: Domain | null): number | null {
    return value === null || domain === null ? null : place(value, domain, meaning.scale);
  }

  function written(value: number | null): string {
    return value === null ? '' : write(value, meaning.unit);
  }
}

/** How often something follows an activity: the number of its times to what follows. */
function eventsLeaving(graph: MapGraph): Map<string, number> {
  const leaving = new Map<string, number>();
  for (const { from, events } of graph.paths) leaving.set(from, (leaving.get(from) ?? 0) + events);
  return leaving;
}

function orNull(value: number | null | undefined): number | null {
  return value ?? null;
}

/** Strongest last, so that they lie on top; dotted ones below everything, added ones above. */
export function inDrawingOrder(arrows: Arrow[]): Arrow[] {
  const key = (arrow: Arrow) =>
    isTerminal(arrow) ? -1 : arrow.isAdded ? Number.MAX_SAFE_INTEGER : arrow.cases;
  return [...arrows].sort((left, right) => key(left) - key(right));
}
