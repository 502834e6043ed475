// Which cases a figure of the drawer counts: filters that keep exactly these.
import type { MapScope } from '../../../api/drawer';
import type { MapItem } from '../../../pictures/process-map/graph';

export type Filter = Record<string, unknown>;

/** Auxiliary activities in between count where the map shows them. */
function auxiliaryOf({ auxiliary }: MapScope): Filter {
  return auxiliary ? { auxiliary } : {};
}

/** Cases with an item of the map. */
export function hasItem(item: MapItem, scope: MapScope): Filter {
  return item.kind === 'activity'
    ? { kind: 'activity_contains', activities: [item.activity] }
    : goes([item.from], [item.to], scope);
}

export function goes(from: string[], to: string[], scope: MapScope, times: Filter = {}): Filter {
  return { kind: 'follows', from, to, mode: 'directly', ...auxiliaryOf(scope), ...times };
}

export function starts(activity: string, scope: MapScope): Filter {
  return { kind: 'starts_with', activities: [activity], ...auxiliaryOf(scope) };
}

export function ends(activity: string, scope: MapScope): Filter {
  return { kind: 'ends_with', activities: [activity], ...auxiliaryOf(scope) };
}

/**
 * The filters behind a count of the map: where activities are hidden, "directly" means on the map,
 * so that the events of the hidden ones must be gone first.
 */
export function asOnMap(filter: Filter, { activities }: MapScope): Filter[] {
  const needsMap = filter.kind !== 'activity_contains' && activities !== null;
  return needsMap ? [{ kind: 'event_activity', activities }, filter] : [filter];
}

const MICROSECOND_S = 1e-6;

/** Waits from one edge on and below another. */
export function waits(from_s: number, to_s: number): Filter {
  const within_s = Number((to_s - MICROSECOND_S).toFixed(6));
  return { ...(from_s > 0 ? { after_s: from_s } : {}), within_s };
}
