// Who hands work over to whom: what the page "People" asks.
import { queryOptions } from '@tanstack/react-query';
import { answerOf, ask, type Scope, type ScopeAnswer, scopeOf } from './analysis';
import type { components } from './schema';

type Schemas = components['schemas'];

export type HandoversAnswer = Schemas['answer.handovers'];
export type Handover = Schemas['Handover'];
export type PersonRow = Schemas['ResourceRow'];

export interface HandoversOrder extends Scope {
  /** The attribute that says who. */
  attribute: string;
  /** Auxiliary activities too. */
  auxiliary: boolean;
}

export interface HandoversOfVersion {
  context: ScopeAnswer;
  handovers: HandoversAnswer;
}

/** So many pairs, and so many people, are listed. */
const LISTED_MAX = 5_000;

/** A version never changes: its answers stay fresh. */
export function handoversQuery(order: HandoversOrder) {
  return queryOptions({
    queryKey: ['handovers', order],
    queryFn: ({ signal }) => askHandovers(order, signal),
    staleTime: Number.POSITIVE_INFINITY,
  });
}

async function askHandovers(
  { attribute, auxiliary, ...scope }: HandoversOrder,
  signal: AbortSignal,
): Promise<HandoversOfVersion> {
  const params = { attribute, limit: LISTED_MAX, ...(auxiliary ? { auxiliary } : {}) };
  const answer = await ask(scope, [{ id: 'handovers', question: 'handovers', params }], signal);
  return {
    context: scopeOf(answer),
    handovers: answerOf<HandoversAnswer>(answer, 'handovers'),
  };
}
