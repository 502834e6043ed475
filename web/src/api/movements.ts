// Who is where when: what the replay on the map asks.
import { queryOptions } from '@tanstack/react-query';
import { answerOf, ask, type Scope } from './analysis';
import type { components } from './schema';

type Schemas = components['schemas'];

export type MovementsAnswer = Schemas['answer.movements'];
export type MovementValue = Schemas['MovementValue'];
export type CasesInProgress = Schemas['CasesInProgress'];

export interface MovementsOrder extends Scope {
  /** The activities of the map: the cases are projected to them. All when missing. */
  activities?: string[] | undefined;
  auxiliary: boolean;
  /** The attribute of cases that tells them apart by colour. */
  by?: string | undefined;
}

/** A version never changes: its answers stay fresh. */
export function movementsQuery(order: MovementsOrder) {
  return queryOptions({
    queryKey: ['movements', order],
    queryFn: ({ signal }) => askMovements(order, signal),
    staleTime: Number.POSITIVE_INFINITY,
  });
}

async function askMovements(
  { activities, auxiliary, by, ...scope }: MovementsOrder,
  signal: AbortSignal,
): Promise<MovementsAnswer> {
  const chosen = activities ? { activities } : { auxiliary };
  const params = { ...chosen, ...(by === undefined ? {} : { by }) };
  const answer = await ask(scope, [{ id: 'movements', question: 'movements', params }], signal);
  return answerOf<MovementsAnswer>(answer, 'movements');
}
