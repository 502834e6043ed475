// Two groups of cases on one map of both: what the page "Compare" asks.
import { queryOptions } from '@tanstack/react-query';
import {
  type AskedTile,
  answerOf,
  ask,
  HOW_MANY,
  type Scope,
  type ScopeAnswer,
  scopeOf,
} from './analysis';
import type { components } from './schema';

type Schemas = components['schemas'];

export type ComparisonAnswer = Schemas['answer.comparison'];
export type ComparedActivity = Schemas['ComparedActivity'];
export type ComparedPath = Schemas['ComparedPath'];
export type ComparedEnd = Schemas['ComparedEnd'];
export type ComparedSide = Schemas['ComparedSide'];
export type SideFigures = Schemas['SideFigures'];
export type ItemDifference = Schemas['ItemDifference'];

export interface ComparisonOrder extends Scope {
  /** Filters of cases of each side; nothing is compared while neither has any. */
  a: unknown[];
  /** The cases that are not in A when absent. */
  b?: unknown[] | undefined;
  /** The version of side B, where it is another one of the log. */
  against?: number | undefined;
  /** Only these activities: what is between two of them is skipped. All when missing. */
  activities?: string[] | undefined;
}

export interface ComparisonOfVersion {
  context: ScopeAnswer;
  /** Missing while no side is chosen. */
  comparison: ComparisonAnswer | null;
}

/** A version never changes: its answers stay fresh. */
export function comparisonQuery(order: ComparisonOrder) {
  return queryOptions({
    queryKey: ['comparison', order],
    queryFn: ({ signal }) => askComparison(order, signal),
    staleTime: Number.POSITIVE_INFINITY,
  });
}

async function askComparison(
  { a, b, against, activities, ...scope }: ComparisonOrder,
  signal: AbortSignal,
): Promise<ComparisonOfVersion> {
  const isChosen = a.length > 0 || b !== undefined;
  const [log] = scope.version.split('@');
  const params = {
    a,
    ...(b ? { b } : {}),
    ...(against === undefined ? {} : { b_version: `${log}@${against}` }),
    ...(activities ? { activities } : {}),
  };
  const tile: AskedTile = isChosen
    ? { id: 'comparison', question: 'comparison', params }
    : { id: 'all', ...HOW_MANY };
  const answer = await ask(scope, [tile], signal);
  return {
    context: scopeOf(answer),
    comparison: isChosen ? answerOf<ComparisonAnswer>(answer, 'comparison') : null,
  };
}
