// What the address of the map says: `validateMapSearch` makes sense of whatever stands there, so
// that a link shows the same picture to everybody.

import type { MapItem } from '../../pictures/process-map/graph';
import { isMetric, type Metric } from '../../pictures/process-map/metricNames';
import { type Moved, validMoved } from '../../pictures/process-map/movedBy';
import type { SliderValue } from '../../pictures/process-map/selection';
import { name as attributeName } from '../explore/search';

export interface MapSearch {
  /** A version of the log; the current one when absent. */
  version?: number;
  /** What the colours mean; cases when absent. */
  metric?: Metric;
  /** The second figure, beside the first in what is said of an activity or a path. */
  second?: Metric;
  /** The time until what follows, where activities have times of their own. */
  times?: 'wait';
  /** The attribute of which values are shown; the first amount of the log when absent. */
  of?: string;
  /** The currency of its amounts; the most frequent one when absent. */
  currency?: string;
  /** The sliders, 0 to 100; what is shown at first when absent. */
  activities?: number;
  paths?: number;
  /** The rarest first. */
  rare?: true;
  direction?: 'LR';
  /** The selected activity, or the ends of the selected path. */
  activity?: string;
  from?: string;
  to?: string;
  /** The table instead of the picture. */
  table?: true;
  /** The replay is open; what is said about it is read where it is. */
  replay?: Record<string, unknown>;
  /** Auxiliary activities too. */
  auxiliary?: true;
  /** How far activities were moved from where they would stand. */
  moved?: Moved;
  /** Filters as the server understands them. */
  filters?: unknown[];
}

/** Every word the map knows, unsaid: the router would otherwise let nonsense through as it stands. */
const UNSAID: { [Word in keyof Required<MapSearch>]: undefined } = {
  version: undefined,
  metric: undefined,
  second: undefined,
  times: undefined,
  of: undefined,
  currency: undefined,
  activities: undefined,
  paths: undefined,
  rare: undefined,
  direction: undefined,
  activity: undefined,
  from: undefined,
  to: undefined,
  table: undefined,
  replay: undefined,
  auxiliary: undefined,
  moved: undefined,
  filters: undefined,
};

export function validateMapSearch(search: Record<string, unknown>): MapSearch {
  const valid: MapSearch = { ...UNSAID };
  const version = Number(search.version);
  if (Number.isSafeInteger(version) && version > 0) valid.version = version;
  if (isMetric(search.metric) && search.metric !== 'cases') valid.metric = search.metric;
  if (isMetric(search.second)) valid.second = search.second;
  if (search.times === 'wait') valid.times = 'wait';
  const [activities, paths] = [percent(search.activities), percent(search.paths)];
  if (activities !== null) valid.activities = activities;
  if (paths !== null) valid.paths = paths;
  if (search.rare === true) valid.rare = true;
  if (search.direction === 'LR') valid.direction = 'LR';
  if (search.table === true) valid.table = true;
  if (isRecord(search.replay)) valid.replay = search.replay;
  if (search.auxiliary === true) valid.auxiliary = true;
  const [of, currency] = [attributeName(search.of), attributeName(search.currency)];
  if (of !== undefined) valid.of = of;
  if (currency !== undefined) valid.currency = currency;
  const moved = validMoved(search.moved);
  if (moved) valid.moved = moved;
  if (Array.isArray(search.filters) && search.filters.length > 0) valid.filters = search.filters;
  return { ...valid, ...validSelection(search) };
}

function validSelection({ activity, from, to }: Record<string, unknown>): Partial<MapSearch> {
  if (isName(activity)) return { activity };
  return isName(from) && isName(to) ? { from, to } : {};
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isName(value: unknown): value is string {
  return typeof value === 'string' && value !== '';
}

function percent(value: unknown): number | null {
  const isPercent = typeof value === 'number' && Number.isInteger(value);
  return isPercent && 0 <= value && value <= 100 ? value : null;
}

type Selected = Pick<MapSearch, 'activity' | 'from' | 'to'>;

export function selectionOf({ activity, from, to }: Selected): MapItem | null {
  if (activity !== undefined) return { kind: 'activity', activity };
  return from !== undefined && to !== undefined ? { kind: 'path', from, to } : null;
}

/** The part of the address that a selection takes. */
export function searchOf(item: MapItem | null): Selected {
  return {
    activity: item?.kind === 'activity' ? item.activity : undefined,
    from: item?.kind === 'path' ? item.from : undefined,
    to: item?.kind === 'path' ? item.to : undefined,
  };
}

export function slider(value: number | undefined): SliderValue {
  return value ?? 'auto';
}
