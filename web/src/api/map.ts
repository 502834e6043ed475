// The process map of a version, and the key figures of its log.
import { queryOptions } from '@tanstack/react-query';
import { answerOf, ask, type Scope, type ScopeAnswer, scopeOf } from './analysis';
import type { components } from './schema';

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
  extra?: MapExtra | undefined;
}

export interface MapExtra {
  /** How often they are in one case at most. */
  repetitions?: true;
  /** The values of attributes. */
  values?: string[];
  /** The attribute that weighs the waits: value × days. */
  weight?: string;
}

export interface MapOfVersion extends ScopeAnswer {
  map: MapAnswer;
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
  const { activities, auxiliary, extra = {} } = order;
  const chosen = activities ? { activities } : { auxiliary };
  const { repetitions, values, weight } = extra;
  const more = {
    ...(repetitions && { repetitions }),
    ...(values && { values: values.map((attribute) => ({ attribute })) }),
    ...(weight !== undefined && { weight: { attribute: weight } }),
  };
  return askTile(order, { waits: true, ...chosen, ...more }, signal);
}

/** All activities of a map without what connects them: a small and quick question. */
export function mapActivitiesQuery({ auxiliary, ...scope }: Scope & { auxiliary: boolean }) {
  return queryOptions({
    queryKey: ['map-activities', scope, auxiliary],
    queryFn: ({ signal }) => askTile(scope, { paths: false, auxiliary }, signal),
    staleTime: Number.POSITIVE_INFINITY,
  });
}

async function askTile(
  { version, filters }: Scope,
  params: Record<string, unknown>,
  signal: AbortSignal,
): Promise<MapOfVersion> {
  const tile = { id: 'map', question: 'map', params };
  const answer = await ask({ version, filters }, [tile], signal);
  return { ...scopeOf(answer), map: answerOf<MapAnswer>(answer, 'map') };
}

/** How large the log is and how long its cases take. */
export function summaryQuery({ version, filters }: Scope) {
  return queryOptions({
    queryKey: ['summary', version, filters],
    queryFn: async ({ signal }) => {
      const tile = { id: 'summary', question: 'summary' };
      const answer = await ask({ version, filters }, [tile], signal);
      return answerOf<SummaryAnswer>(answer, 'summary');
    },
    staleTime: Number.POSITIVE_INFINITY,
  });
}
