// The filters that the figures of a funnel stand for.
import type { AskedStage } from '../../api/funnel';
import type { FunnelPlace } from '../../filters/filter';
import type { Filter } from '../explore/filters';

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

/** Cases that have ended, as the opposite of those that are open. */
export function hasEnded(ends: string[]): Filter {
  return { kind: 'activity_contains', activities: ends };
}
