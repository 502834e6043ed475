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

/** A map of which the server chooses the activities. */
export interface ShownMapOrder extends Omit<MapOrder, 'activities'> {
  /** Those that the slider shows up to this value; those that are shown at first when missing. */
  upTo: number | undefined;
  rare: boolean;
}

export interface ShownMap {
  /** All activities there are, without what connects them. */
  whole: MapOfVersion;
  shown: MapOfVersion;
  /** What was asked, with the names of the activities that are shown; `null` when they are all. */
  scope: Scope & { activities: string[] | null; auxiliary: boolean };
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
  const { activities, auxiliary } = order;
  const chosen = activities ? { activities } : { auxiliary };
  const tile = mapTile('map', { waits: true, ...chosen, ...paramsOf(order.extra) });
  const answer = await ask(order, [tile], signal);
  return { ...scopeOf(answer), map: answerOf<MapAnswer>(answer, 'map') };
}

/** Which activities there are, and the map of those that are shown: one request for both. */
export function shownMapQuery(order: ShownMapOrder) {
  return queryOptions({
    queryKey: ['shown-map', order],
    queryFn: ({ signal }) => askShownMap(order, signal),
    staleTime: Number.POSITIVE_INFINITY,
  });
}

async function askShownMap(order: ShownMapOrder, signal: AbortSignal): Promise<ShownMap> {
  const { version, filters, auxiliary, upTo, rare } = order;
  const all = { auxiliary, rarest_first: rare };
  const more = { waits: true, shown: { up_to: upTo }, ...paramsOf(order.extra) };
  const tiles = [mapTile('whole', { paths: false, ...all }), mapTile('shown', { ...all, ...more })];
  const answer = await ask({ version, filters }, tiles, signal);
  const of = (id: string) => ({ ...scopeOf(answer), map: answerOf<MapAnswer>(answer, id) });
  const [whole, shown] = [of('whole'), of('shown')];
  const names = shown.map.activities.map((one) => one.activity);
  const activities = names.length === whole.map.activities.length ? null : names;
  return { whole, shown, scope: { version, filters, activities, auxiliary } };
}

function mapTile(id: string, params: Record<string, unknown>) {
  return { id, question: 'map', params };
}

function paramsOf({ repetitions, values, weight }: MapExtra = {}) {
  return {
    ...(repetitions && { repetitions }),
    ...(values && { values: values.map((attribute) => ({ attribute })) }),
    ...(weight !== undefined && { weight: { attribute: weight } }),
  };
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
