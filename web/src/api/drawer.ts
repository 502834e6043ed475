// What is told of one activity or one path: its neighbourhood, its course over time, in what its
// cases differ, and its amounts.
import { queryOptions } from '@tanstack/react-query';
import type { MapItem } from '../pictures/process-map/graph';
import { answerOf, ask } from './analysis';
import type { components } from './schema';

type Schemas = components['schemas'];

export type NeighboursAnswer = Schemas['answer.neighbours'];
export type NeighbourSide = Schemas['NeighbourSide'];
export type NeighbourMonth = Schemas['NeighbourMonth'];
export type WaitDistribution = Schemas['WaitDistribution'];
export type SpectrumAnswer = Schemas['answer.spectrum'];
export type DifferencesAnswer = Schemas['answer.differences'];
export type AttributeDifferences = Schemas['AttributeDifferences'];
export type ValueDifference = Schemas['ValueDifference'];

/** The log as the map shows it. */
export interface MapScope {
  /** Such as `4@2`. */
  version: string;
  filters: unknown[];
  /** Only these activities; `null` for all. */
  activities: string[] | null;
  auxiliary: boolean;
}

function projection({ activities, auxiliary }: MapScope) {
  return activities ? { activities } : { auxiliary };
}

function named(item: MapItem) {
  return item.kind === 'activity'
    ? { activity: item.activity }
    : { path: { from: item.from, to: item.to } };
}

function oneAnswer<T>(scope: MapScope, question: string, params: object, own: unknown[] = []) {
  return queryOptions({
    queryKey: ['drawer', scope.version, scope.filters, question, params, own],
    queryFn: async ({ signal }) => {
      const tile = { id: question, question, params: { ...params }, filters: own };
      return answerOf<T>(await ask(scope, [tile], signal), question);
    },
    // A version never changes.
    staleTime: Number.POSITIVE_INFINITY,
  });
}

export const MONTHS = 12;
const NEIGHBOURS_MAX = 100;
const BINS_MAX = 24;

export function neighboursQuery(scope: MapScope, item: MapItem) {
  const size = { limit: NEIGHBOURS_MAX, bins: BINS_MAX, months: MONTHS };
  const params = { ...named(item), ...projection(scope), ...size };
  return oneAnswer<NeighboursAnswer>(scope, 'neighbours', params);
}

/** How often it happened in each of the last months, and as little else as there can be. */
export function monthsQuery(scope: MapScope, item: MapItem) {
  const size = { limit: 1, bins: 2, months: MONTHS };
  const params = { ...named(item), ...projection(scope), ...size };
  return oneAnswer<NeighboursAnswer>(scope, 'neighbours', params);
}

export function spectrumQuery(scope: MapScope, from: string, to: string) {
  return oneAnswer<SpectrumAnswer>(scope, 'spectrum', { from, to, ...projection(scope) });
}

/** The cases that all filters of `selection` keep, and the rest. */
export function differencesQuery(scope: MapScope, selection: unknown[], own: unknown[]) {
  return oneAnswer<DifferencesAnswer>(scope, 'differences', { selection, limit: 5 }, own);
}
