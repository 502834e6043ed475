// What filters do to a log, and what there is to choose from: all under the filters that are there.
import { queryOptions } from '@tanstack/react-query';
import { afterwards } from './afterwards';
import { HOW_MANY } from './analysis';
import { post } from './client';
import { failureError } from './problem';
import type { components } from './schema';
import type { Analysis, Problem } from './types';

type Schemas = components['schemas'];
export type Answers = {
  [Name in keyof Schemas as Name extends `answer.${infer Q}` ? Q : never]: Schemas[Name];
};
type Filters = Analysis['filters'];

export type AttributeValues = Schemas['AttributeValues'];
export type Size = Schemas['Size'];

export interface Effects {
  timeZone: string;
  total: Size;
  /** What all filters at work leave; missing when one of them is refused. */
  left: Size | undefined;
  /** For each filter what it removes from what the others leave; a paused one would. */
  removed: (Effect | undefined)[];
}

export interface Effect {
  cases: number;
  events: number;
  /** Why it cannot be used with this log. */
  problem?: Problem | undefined;
}

export interface Weighed {
  filter: unknown;
  isPaused: boolean;
}

/** One request: the log under all filters, and for each filter with it and without it. */
export function effectsQuery(version: string, filters: Weighed[]) {
  return queryOptions({
    queryKey: ['effects', version, filters],
    queryFn: async ({ signal, client }) => {
      await afterwards(client, 'effects');
      return askEffects(version, filters, signal);
    },
    staleTime: Number.POSITIVE_INFINITY,
  });
}

async function askEffects(
  version: string,
  filters: Weighed[],
  signal: AbortSignal,
): Promise<Effects> {
  const others = (idx: number, isWith: boolean) =>
    filters
      .filter(({ isPaused }, other) => (other === idx ? isWith : !isPaused))
      .map(({ filter }) => filter) as Filters;
  const tile = (id: string, own: Filters) => ({ id, ...HOW_MANY, filters: own });
  const answer = await post<Schemas['AnalysisAnswer']>(
    '/analyses',
    {
      version,
      filters: [],
      tiles: [
        tile('all', others(-1, false)),
        // Without one that is at work; with one that is paused.
        ...filters.map(({ isPaused }, idx) => tile(String(idx), others(idx, isPaused))),
      ],
    },
    { signal },
  );
  const [all, ...each] = answer.tiles;
  const left = all?.problem ? undefined : all?.size;
  return {
    timeZone: answer.time_zone,
    total: answer.total,
    left,
    removed: each.map((one, idx) => {
      const isPaused = filters[idx]?.isPaused ?? false;
      if (one.problem) return isPaused ? { cases: 0, events: 0, problem: one.problem } : undefined;
      // Refused with it, answered without it: this one is the reason.
      if (!left) return isPaused ? undefined : { cases: 0, events: 0, problem: all?.problem };
      const [more, fewer] = isPaused ? [left, one.size] : [one.size, left];
      return { cases: more.cases - fewer.cases, events: more.events - fewer.events };
    }),
  };
}

/** The answer of one question under filters. */
export function answerQuery<Q extends keyof Answers & string>(
  version: string,
  filters: unknown[],
  question: Q,
  params: Record<string, unknown> = {},
) {
  return queryOptions({
    queryKey: ['answer', version, filters, question, params],
    queryFn: async ({ signal }): Promise<Answers[Q]> => {
      const body: Analysis = {
        version,
        filters: filters as Filters,
        tiles: [{ id: question, question, params }],
      };
      const { tiles } = await post<Schemas['AnalysisAnswer']>('/analyses', body, { signal });
      const [tile] = tiles;
      if (tile?.problem) {
        throw failureError({ kind: 'problem', problem: tile.problem, status: 200 });
      }
      return tile?.answer as Answers[Q];
    },
    staleTime: Number.POSITIVE_INFINITY,
  });
}
