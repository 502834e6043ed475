// The process map of a version, asked together with the key figures of the log.
import { queryOptions } from '@tanstack/react-query';
import { post } from './client';
import { failureError } from './problem';
import type { components } from './schema';
import type { Analysis } from './types';

type Schemas = components['schemas'];

export type Spread = Schemas['DurationStatistics'];
/** `wait_s`: the time to whatever follows; missing where nothing does. */
export type MapActivity = Schemas['MapActivity'] & { wait_s?: Spread | null };
export type MapPath = Schemas['MapPath'];
export type MapEnd = Schemas['MapEnd'];
export type MapAnswer = Omit<Schemas['answer.map'], 'activities'> & { activities: MapActivity[] };
export type SummaryAnswer = Schemas['answer.summary'];
export type Size = Schemas['Size'];
export type FilterEffect = Schemas['FilterEffect'];

export interface MapOrder {
  /** Such as `4@2`. */
  version: string;
  /** Only these activities: what is between two of them is skipped. All when missing. */
  activities?: string[] | undefined;
  auxiliary: boolean;
  filters: unknown[];
  /** What else activities and paths are to carry. */
  extra?: MapExtra;
}

export interface MapExtra {
  /** How often they are in one case at most. */
  repetitions?: true;
  /** The values of attributes. */
  values?: string[];
  /** The attribute that weighs the waits: value × days. */
  weight?: string;
}

export interface MapOfVersion {
  /** What was asked. */
  order: MapOrder;
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
  const { version, activities, auxiliary, filters, extra = {} } = order;
  const chosen = activities ? { activities } : { auxiliary };
  const { repetitions, values, weight } = extra;
  const more = {
    ...(repetitions && { repetitions }),
    ...(values && { values: values.map((attribute) => ({ attribute })) }),
    ...(weight !== undefined && { weight: { attribute: weight } }),
  };
  const body: Analysis = {
    version,
    filters: filters as Analysis['filters'],
    tiles: [
      { id: 'map', question: 'map', params: { waits: true, ...chosen, ...more } },
      { id: 'summary', question: 'summary' },
    ],
  };
  const answer = await post<Schemas['AnalysisAnswer']>('/analyses', body, { signal });
  const map = tile(answer, 'map');
  if (map?.problem) throw failureError({ kind: 'problem', problem: map.problem, status: 200 });
  return {
    order,
    version: answer.version,
    timeZone: answer.time_zone,
    total: answer.total,
    size: answer.size,
    filters: answer.filters,
    map: map?.answer as MapAnswer,
    summary: (tile(answer, 'summary')?.answer as SummaryAnswer | undefined) ?? null,
  };
}

function tile(answer: Schemas['AnalysisAnswer'], id: string) {
  return answer.tiles.find((one) => one.id === id);
}
