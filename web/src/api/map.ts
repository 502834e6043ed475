// The process map of a version, asked together with the key figures of the log.
import { queryOptions } from '@tanstack/react-query';
import { post } from './client';
import { failureError } from './problem';
import type { Analysis, Problem } from './types';

/** Statistics of durations, in seconds. */
export interface Spread {
  min: number;
  mean: number;
  median: number;
  p90: number;
  max: number;
  total: number;
}

export interface MapActivity {
  activity: string;
  events: number;
  cases: number;
  /** Time of the activity itself; missing where events have no start time. */
  duration_s?: Spread | null;
  /** Time to whatever follows it; missing where nothing does. */
  wait_s?: Spread | null;
  /** Value of the Activities slider from which it is shown. */
  shown_from: number;
  /** Whether it is shown at first. */
  shown: boolean;
}

export interface MapPath {
  from: string;
  to: string;
  events: number;
  cases: number;
  duration_s?: Spread | null;
  overlaps: number;
  overlap_s: number;
  /** Value of the Paths slider from which it is shown. */
  shown_from: number;
  /** Whether it is shown at first. */
  shown: boolean;
}

export interface MapEnd {
  activity: string;
  cases: number;
}

export interface LeftOut {
  activity: string;
  events: number;
  auxiliary: boolean;
}

export interface MapAnswer {
  cases: number;
  cases_without_events: number;
  activities: MapActivity[];
  paths: MapPath[];
  starts: MapEnd[];
  ends: MapEnd[];
  left_out: LeftOut[];
}

export interface SummaryAnswer {
  cases: number;
  events: number;
  activities: number;
  variants: number;
  first_event_at?: string | null;
  last_event_at?: string | null;
  case_duration_s?: Spread | null;
}

export interface Size {
  cases: number;
  events: number;
}

export interface FilterEffect {
  filter: unknown;
  cases_removed: number;
  events_removed: number;
}

interface AnalysisAnswer {
  version: string;
  as_of?: string | null;
  time_zone: string;
  total: Size;
  size: Size;
  filters: FilterEffect[];
  tiles: { id: string; answer?: unknown; problem?: Problem }[];
}

export interface MapOrder {
  /** Such as `4@2`. */
  version: string;
  /** Only these activities: what is between two of them is skipped. All when missing. */
  activities?: string[] | undefined;
  auxiliary: boolean;
  filters: unknown[];
}

export interface MapOfVersion {
  version: string;
  timeZone: string;
  total: Size;
  size: Size;
  filters: FilterEffect[];
  map: MapAnswer;
  summary: SummaryAnswer | null;
}

/** A version never changes: its answers stay fresh. */
export function mapQuery(order: MapOrder) {
  return queryOptions({
    queryKey: ['map', order],
    queryFn: ({ signal }) => askMap(order, signal),
    staleTime: Number.POSITIVE_INFINITY,
  });
}

async function askMap(order: MapOrder, signal: AbortSignal): Promise<MapOfVersion> {
  const { version, activities, auxiliary, filters } = order;
  const chosen = activities ? { activities } : { auxiliary };
  const body: Analysis = {
    version,
    filters: filters as Analysis['filters'],
    tiles: [
      { id: 'map', question: 'map', params: { waits: true, ...chosen } },
      { id: 'summary', question: 'summary' },
    ],
  };
  const answer = await post<AnalysisAnswer>('/analyses', body, { signal });
  const map = tile(answer, 'map');
  if (map?.problem) throw failureError({ kind: 'problem', problem: map.problem, status: 200 });
  return {
    version: answer.version,
    timeZone: answer.time_zone,
    total: answer.total,
    size: answer.size,
    filters: answer.filters,
    map: map?.answer as MapAnswer,
    summary: (tile(answer, 'summary')?.answer as SummaryAnswer | undefined) ?? null,
  };
}

function tile(answer: AnalysisAnswer, id: string) {
  return answer.tiles.find((one) => one.id === id);
}
