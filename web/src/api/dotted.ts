// What happens when, case by case: what the page "Dotted chart" asks.
import { queryOptions } from '@tanstack/react-query';
import { answerOf, ask, type Scope, type ScopeAnswer, scopeOf } from './analysis';
import type { components } from './schema';

type Schemas = components['schemas'];

export type DottedAnswer = Schemas['answer.dotted'];
export type DottedCase = Schemas['DottedCase'];
export type DottedSort = Schemas['DottedSort'];

export interface DottedOrder extends Scope {
  sort: DottedSort;
  /** How many cases are drawn at most. */
  sample: number;
}

export interface DottedOfVersion {
  context: ScopeAnswer;
  dotted: DottedAnswer;
}

/** A version never changes: its answers stay fresh. */
export function dottedQuery(order: DottedOrder) {
  return queryOptions({
    queryKey: ['dotted', order],
    queryFn: ({ signal }) => askDotted(order, signal),
    staleTime: Number.POSITIVE_INFINITY,
  });
}

async function askDotted(
  { sort, sample, ...scope }: DottedOrder,
  signal: AbortSignal,
): Promise<DottedOfVersion> {
  const tile = { id: 'dotted', question: 'dotted', params: { sort, sample } };
  const answer = await ask(scope, [tile], signal);
  return { context: scopeOf(answer), dotted: answerOf<DottedAnswer>(answer, 'dotted') };
}
