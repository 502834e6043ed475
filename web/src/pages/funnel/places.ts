// The filters that the figures of a funnel stand for.
import type { AskedStage } from '../../api/funnel';
import type { FunnelPlace } from '../../filters/filter';
import { type Filter, lacksAll } from '../explore/filters';

export interface Funnel {
  stages: AskedStage[];
  order: 'strict' | 'any';
}

/** The cases that the question counts at this place. */
export function atPlace(
  { stages, order }: Funnel,
  place: FunnelPlace,
  stage: string,
  more: { next?: (string | null)[]; from?: string } = {},
): Filter {
  return {
    kind: 'funnel_place',
    stages,
    ...(order === 'any' ? { order } : {}),
    place,
    stage,
    ...more,
  };
}

/** Cases that reach no stage: in strict order none without the first one. */
export function nowhere({ stages, order }: Funnel): Filter {
  const needed = order === 'strict' ? stages.slice(0, 1) : stages;
  return lacksAll(needed.flatMap((one) => one.activities));
}

/** Cases that reach any stage. */
function somewhere({ stages, order }: Funnel): Filter {
  const needed = order === 'strict' ? stages.slice(0, 1) : stages;
  return hasAny(needed.flatMap((one) => one.activities));
}

/** Cases that reach any stage and have not ended. */
export function openSomewhere(funnel: Funnel, ends: string[]): Filter[] {
  return [somewhere(funnel), lacksAll(ends)];
}

/** Of cases that do not reach the stage after this one, those that have a later one all the same. */
export function hasLater(funnel: Funnel, stages: { stage: string }[], stage: string): Filter {
  return hasAny(activitiesAfter(funnel, stages, stage));
}

/** Of cases that do not reach the stage after this one, those that have no later one either. */
export function lacksLater(funnel: Funnel, stages: { stage: string }[], stage: string): Filter {
  return lacksAll(activitiesAfter(funnel, stages, stage));
}

function activitiesAfter(funnel: Funnel, stages: { stage: string }[], stage: string): string[] {
  const place = stages.findIndex((one) => one.stage === stage);
  return funnel.stages.slice(place + 1).flatMap((one) => one.activities);
}

/** Cases that stop at a stage, and of which nothing that is listed comes next. */
export function stopsElsewhere(funnel: Funnel, stage: string, listed: (string | null)[]): Filter[] {
  const stopped = atPlace(funnel, 'stopped', stage);
  return [stopped, { not: { ...stopped, next: listed } }];
}

/** Cases that come back to any stage. */
export function returnsAnywhere(funnel: Funnel, stages: string[]): Filter {
  const all = stages.map((stage) => atPlace(funnel, 'returned', stage));
  return all.length === 1 && all[0] ? all[0] : { any: all };
}

/** Cases that have ended, as the opposite of those that are open. */
export function hasEnded(ends: string[]): Filter {
  return hasAny(ends);
}

/** Cases with any of the activities. */
export function hasAny(activities: string[]): Filter {
  return { kind: 'activity_contains', activities };
}
