// What the overview of a log asks: figures, paths, who takes part, and what the last import changed.
import { queryOptions } from '@tanstack/react-query';
import {
  type AnalysisAnswer,
  answerOf,
  ask,
  type Scope,
  type ScopeAnswer,
  scopeOf,
} from './analysis';
import { get } from './client';
import type { components } from './schema';

type Schemas = components['schemas'];

export type SummaryAnswer = Schemas['answer.summary'];
export type ThroughputAnswer = Schemas['answer.throughput'];
export type VariantsAnswer = Schemas['answer.variants'];
export type MapAnswer = Schemas['answer.map'];
export type MapPath = Schemas['MapPath'];
export type VersionChanges = Schemas['VersionChanges'];

/** An answer that came, or what was wrong with it: each card fails alone. */
export type Part<T> = { answer: T } | { error: unknown };

export interface FiguresOfVersion {
  context: ScopeAnswer & { asOf: string | null };
  summary: SummaryAnswer;
  throughput: Part<ThroughputAnswer>;
}

export interface PathsOfVersion {
  variants: Part<VariantsAnswer>;
  map: Part<MapAnswer>;
}

/** A version never changes: its answers stay fresh. */
const FRESH = { staleTime: Number.POSITIVE_INFINITY };

export function figuresQuery(scope: Scope) {
  return queryOptions({
    queryKey: ['overview', scope],
    queryFn: async ({ signal }): Promise<FiguresOfVersion> => {
      const answer = await ask(scope, tiles('throughput', 'summary'), signal);
      return {
        context: { ...scopeOf(answer), asOf: answer.as_of ?? null },
        summary: answerOf(answer, 'summary'),
        throughput: partOf(answer, 'throughput'),
      };
    },
    ...FRESH,
  });
}

/** The most frequent way through the process, and all its paths. */
export function pathsQuery(scope: Scope) {
  return queryOptions({
    queryKey: ['overview', 'paths', scope],
    queryFn: async ({ signal }): Promise<PathsOfVersion> => {
      const first = { id: 'variants', question: 'variants', params: { limit: 1 } };
      const answer = await ask(scope, [first, ...tiles('map')], signal);
      return { variants: partOf(answer, 'variants'), map: partOf(answer, 'map') };
    },
    ...FRESH,
  });
}

/** How many take part, by the attribute that says who. */
export function peopleQuery(scope: Scope, attribute: string | null) {
  return queryOptions({
    queryKey: ['overview', 'people', scope, attribute],
    queryFn: async ({ signal }) => {
      const params = { attribute, limit: 1 };
      const tile = { id: 'handovers', question: 'handovers', params };
      const answer = await ask(scope, [tile], signal);
      const { resource_total, missing_events } = answerOf<Schemas['answer.handovers']>(
        answer,
        'handovers',
      );
      // Nobody known is counted as one by the question.
      return resource_total - (missing_events > 0 ? 1 : 0);
    },
    enabled: attribute !== null,
    ...FRESH,
  });
}

/** What is different from the version it was made from, whatever the filters. */
export function changesQuery(log: number, version: number) {
  return queryOptions({
    queryKey: ['logs', log, 'versions', version, 'changes'],
    queryFn: ({ signal }) =>
      get<VersionChanges>(`/logs/${log}/versions/${version}/changes`, { signal }),
    ...FRESH,
  });
}

function tiles(...questions: string[]) {
  return questions.map((question) => ({ id: question, question }));
}

function partOf<T>(answer: AnalysisAnswer, id: string): Part<T> {
  try {
    return { answer: answerOf<T>(answer, id) };
  } catch (error) {
    return { error };
  }
}
