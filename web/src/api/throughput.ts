// How long cases take, and how many are still open: what the page "Throughput" asks.
import { queryOptions } from '@tanstack/react-query';
import { type AskedTile, answerOf, ask, type Scope, type ScopeAnswer, scopeOf } from './analysis';
import type { components } from './schema';

type Schemas = components['schemas'];

export type ThroughputAnswer = Schemas['answer.throughput'];
export type DurationFigures = Schemas['ThroughputStatistics'];
export type DurationBin = Schemas['DurationBin'];
export type PeriodFigures = Schemas['PeriodFigures'];
export type DurationGroup = Schemas['Group'];
export type Granularity = Schemas['Granularity'];
export type OpenCase = Schemas['CaseRow'];

export interface ThroughputOrder extends Scope {
  /** The activities that end a case; its last event does when there are none. */
  ends: string[];
  by?: string | undefined;
  period?: Granularity | undefined;
}

export interface OpenCases {
  oldest: OpenCase[];
}

export interface ThroughputOfVersion {
  context: ScopeAnswer & { asOf: string | null };
  throughput: ThroughputAnswer;
  /** Missing where no end is declared. */
  open: OpenCases | null;
}

const OLDEST_COUNT = 10;

/** A version never changes: its answers stay fresh. */
export function throughputQuery(order: ThroughputOrder) {
  return queryOptions({
    queryKey: ['throughput', order],
    queryFn: ({ signal }) => askThroughput(order, signal),
    staleTime: Number.POSITIVE_INFINITY,
  });
}

async function askThroughput(
  { ends, by, period, ...scope }: ThroughputOrder,
  signal: AbortSignal,
): Promise<ThroughputOfVersion> {
  const time = period ? { period } : {};
  const declared = ends.length > 0;
  const tiles: AskedTile[] = [
    {
      id: 'all',
      question: 'throughput',
      params: { ...time, ...(by ? { by } : {}), ...(declared ? { ends } : {}) },
    },
  ];
  if (declared) {
    const filters = [{ kind: 'activity_not_contains', activities: ends }];
    tiles.push({
      id: 'oldest',
      question: 'cases',
      params: { sort: 'start', descending: false, limit: OLDEST_COUNT, attributes: [] },
      filters,
    });
  }
  const answer = await ask(scope, tiles, signal);
  return {
    context: { ...scopeOf(answer), asOf: answer.as_of ?? null },
    throughput: answerOf<ThroughputAnswer>(answer, 'all'),
    open: declared ? { oldest: answerOf<Schemas['answer.cases']>(answer, 'oldest').cases } : null,
  };
}
