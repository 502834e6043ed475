// What is done more than once: what the page "Rework" asks.
import { queryOptions } from '@tanstack/react-query';
import { answerOf, ask, type Scope, type ScopeAnswer, scopeOf } from './analysis';
import type { components } from './schema';

type Schemas = components['schemas'];

export type ReworkAnswer = Schemas['answer.rework'];
export type ReworkActivity = Schemas['ReworkActivity'];

export interface ReworkOrder extends Scope {
  /** Auxiliary activities too. */
  auxiliary: boolean;
}

export interface ReworkOfVersion {
  context: ScopeAnswer;
  rework: ReworkAnswer;
}

const CASE_COUNT = 20;

/** A version never changes: its answers stay fresh. */
export function reworkQuery(order: ReworkOrder) {
  return queryOptions({
    queryKey: ['rework', order],
    queryFn: ({ signal }) => askRework(order, signal),
    staleTime: Number.POSITIVE_INFINITY,
  });
}

async function askRework(
  { auxiliary, ...scope }: ReworkOrder,
  signal: AbortSignal,
): Promise<ReworkOfVersion> {
  const params = { limit: CASE_COUNT, ...(auxiliary ? { auxiliary } : {}) };
  const tile = { id: 'rework', question: 'rework', params };
  const answer = await ask(scope, [tile], signal);
  return { context: scopeOf(answer), rework: answerOf<ReworkAnswer>(answer, 'rework') };
}
