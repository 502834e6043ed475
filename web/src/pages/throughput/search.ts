// What the address of the page "Throughput" says, and what of it the log knows.
import type { Granularity } from '../../api/throughput';
import type { Schema } from '../../api/types';
import { groupAttributes } from '../explore/attributes';
import {
  atLeastZero,
  type LogSearch,
  name,
  names,
  oneOf,
  type Raw,
  someOf,
} from '../explore/search';

export const PERIODS = ['day', 'week', 'month', 'quarter', 'year'] as const;
const TWINS = ['durations', 'time', 'open'] as const;
type Twin = (typeof TWINS)[number];

export interface ThroughputSearch extends LogSearch {
  /** The activities that end a case; its last event does when absent. */
  ends?: string[];
  /** The attribute whose values are compared. */
  by?: string;
  period?: Granularity;
  /** The durations that are marked, in seconds. */
  from?: number;
  to?: number;
  /** The ages of open cases that are marked, in seconds. */
  ageFrom?: number;
  ageTo?: number;
  /** The first day of the period that is looked at. */
  at?: string;
  /** Which pictures are shown as tables. */
  tables?: Twin[];
}

export function validateThroughputSearch(search: Raw): ThroughputSearch {
  const [from, to] = [atLeastZero(search.from), atLeastZero(search.to)];
  const isRange = from !== undefined && to !== undefined && from < to;
  const [ageFrom, ageTo] = [atLeastZero(search.ageFrom), atLeastZero(search.ageTo)];
  const isAges = ageFrom !== undefined && ageTo !== undefined && ageFrom < ageTo;
  const at = name(search.at);
  return {
    ends: names(search.ends),
    by: name(search.by),
    period: oneOf(search.period, PERIODS),
    from: isRange ? from : undefined,
    to: isRange ? to : undefined,
    ageFrom: isAges ? ageFrom : undefined,
    ageTo: isAges ? ageTo : undefined,
    at: at && /^\d{4,}-\d\d-\d\d$/.test(at) ? at : undefined,
    tables: someOf(search.tables, TWINS),
  };
}

interface Understood {
  search: ThroughputSearch;
  /** Words that name what the log does not have. */
  unknown: string[];
}

/** Leaves out what the log does not have; the address may be older than the version. */
export function understood(search: ThroughputSearch, schema: Schema): Understood {
  const activities = new Set(schema.activities.map((one) => one.name));
  const hasEnds = search.ends?.every((one) => activities.has(one)) ?? true;
  const hasBy = search.by === undefined || groupAttributes(schema).includes(search.by);
  return {
    search: {
      ...search,
      ends: hasEnds ? search.ends : undefined,
      by: hasBy ? search.by : undefined,
    },
    unknown: [...(hasEnds ? [] : ['ends']), ...(hasBy ? [] : ['by'])],
  };
}
