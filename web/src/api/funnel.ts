// How cases come from stage to stage: what the page "Funnel" asks.
import { queryOptions } from '@tanstack/react-query';
import { type AskedTile, answerOf, ask, type Scope, type ScopeAnswer, scopeOf } from './analysis';
import type { components } from './schema';

type Schemas = components['schemas'];

export type FunnelAnswer = Schemas['answer.funnel'];
export type FunnelStageAnswer = Schemas['FunnelStage'];
export type FunnelCohort = Schemas['FunnelCohort'];
export type DropOff = Schemas['DropOff'];
export type DropOffNext = Schemas['DropOffNext'];
export type StageReturn = Schemas['StageReturn'];
export type StageValue = Schemas['StageValue'];
export type CohortLength = Schemas['Granularity'];

export interface AskedStage {
  name?: string;
  activities: string[];
}

export interface FunnelOrder extends Scope {
  stages: AskedStage[];
  order: 'strict' | 'any';
  /** The activities that end a case; without them it is not known which cases are open. */
  ends: string[];
  /** The numeric attribute that is summed. */
  value?: string | undefined;
  /** How long the periods are by whose start cases are grouped. */
  length: CohortLength;
  /** The filter of the cases that are shown, where they are those of one period. */
  chosen?: unknown;
  /** The filter of the cases that they are compared with. */
  earlier?: unknown;
}

export interface FunnelOfVersion {
  context: ScopeAnswer & { asOf: string | null };
  /** The funnel that is shown: of all cases, or of one period. */
  funnel: FunnelAnswer;
  cohorts: FunnelCohort[];
  earlier: FunnelAnswer | null;
}

/** A version never changes: its answers stay fresh. */
export function funnelQuery(order: FunnelOrder) {
  return queryOptions({
    queryKey: ['funnel', order],
    queryFn: ({ signal }) => askFunnel(order, signal),
    staleTime: Number.POSITIVE_INFINITY,
  });
}

async function askFunnel(
  { stages, order, ends, value, length, chosen, earlier, ...scope }: FunnelOrder,
  signal: AbortSignal,
): Promise<FunnelOfVersion> {
  const params = {
    stages,
    order,
    ...(ends.length > 0 ? { ends } : {}),
    ...(value ? { value } : {}),
  };
  const tiles: AskedTile[] = [
    { id: 'all', question: 'funnel', params: { ...params, cohorts: length } },
  ];
  if (chosen) tiles.push({ id: 'chosen', question: 'funnel', params, filters: [chosen] });
  if (earlier) tiles.push({ id: 'earlier', question: 'funnel', params, filters: [earlier] });
  const answer = await ask(scope, tiles, signal);
  const all = answerOf<FunnelAnswer>(answer, 'all');
  return {
    context: { ...scopeOf(answer), asOf: answer.as_of ?? null },
    funnel: chosen ? answerOf<FunnelAnswer>(answer, 'chosen') : all,
    cohorts: all.cohorts ?? [],
    earlier: earlier ? answerOf<FunnelAnswer>(answer, 'earlier') : null,
  };
}

/** What stages can be made of. */
export interface StageSource {
  /** All activities, the most frequent first. */
  activities: string[];
  /** The stages before somebody chooses: the steps of the most frequent path. */
  starting: AskedStage[];
}

/** The same under every filter but those that rename activities. */
export function stageSourceQuery(version: string, groups: unknown[]) {
  return queryOptions({
    queryKey: ['stage-source', version, groups],
    queryFn: async ({ signal }): Promise<StageSource> => {
      const tiles = [
        { id: 'activities', question: 'activities' },
        { id: 'stages', question: 'stages' },
      ];
      const answer = await ask({ version, filters: groups }, tiles, signal);
      const { activities } = answerOf<Schemas['answer.activities']>(answer, 'activities');
      return {
        activities: activities.map((one) => one.activity),
        starting: answerOf<Schemas['answer.stages']>(answer, 'stages').stages,
      };
    },
    staleTime: Number.POSITIVE_INFINITY,
  });
}
