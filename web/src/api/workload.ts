// Who did how much and when: what the page "People" asks about work.
import { queryOptions } from '@tanstack/react-query';
import { answerOf, ask, type Scope, type ScopeAnswer, scopeOf } from './analysis';
import type { components } from './schema';

type Schemas = components['schemas'];

export type WorkloadAnswer = Schemas['answer.workload'];
export type WorkloadRow = Schemas['WorkloadRow'];
export type WorkloadHour = Schemas['WorkloadHour'];
export type Granularity = Schemas['Granularity'];

export interface WorkloadOrder extends Scope {
  /** The attribute that says who. */
  attribute: string;
  period: Granularity;
  /** So many people are listed; the others are added up. */
  limit: number;
}

export interface WorkloadOfVersion {
  context: ScopeAnswer;
  workload: WorkloadAnswer;
}

/** A version never changes: its answers stay fresh. */
export function workloadQuery(order: WorkloadOrder) {
  return queryOptions({
    queryKey: ['workload', order],
    queryFn: async ({ signal }): Promise<WorkloadOfVersion> => {
      const { attribute, period, limit, ...scope } = order;
      const params = { attribute, period, limit, hours: true };
      const answer = await ask(scope, [{ id: 'workload', question: 'workload', params }], signal);
      return {
        context: scopeOf(answer),
        workload: answerOf<WorkloadAnswer>(answer, 'workload'),
      };
    },
    staleTime: Number.POSITIVE_INFINITY,
  });
}
