// What the address of the page "People" says, and what of it the log knows.
import type { Schema } from '../../api/types';
import { type LogSearch, name, on, oneOf, type Raw, someOf } from '../explore/search';

export const METRICS = ['handovers', 'cases', 'wait'] as const;
export type Metric = (typeof METRICS)[number];
export const TOPS = [10, 15, 25, 40] as const;
type Top = (typeof TOPS)[number];
export const TOP: Top = 15;
export const PERIODS = ['day', 'week', 'month', 'quarter', 'year'] as const;
type Period = (typeof PERIODS)[number];
/** What a person does in a period. */
export const WORKS = ['events', 'cases', 'hand'] as const;
export type Work = (typeof WORKS)[number];
const TWINS = ['periods', 'hours'] as const;
type Twin = (typeof TWINS)[number];

export interface PeopleSearch extends LogSearch {
  /** The attribute that says who; the resource of the log when absent. */
  attribute?: string;
  /** What the colours mean; handovers when absent. */
  metric?: Metric;
  /** How many people the matrix has. */
  top?: Top;
  /** The chosen pair; `null` is somebody unknown. */
  from?: string | null;
  to?: string | null;
  table?: true;
  /** Auxiliary activities too. */
  auxiliary?: true;
  /** How much everybody does, instead of who hands over to whom. */
  show?: 'workload';
  /** The length of the columns of the workload; months when absent. */
  period?: Period;
  /** What its colours mean; events when absent. */
  work?: Work;
  /** Whose hours are shown, and whose period is chosen; `null` is somebody unknown. */
  who?: string | null;
  /** The first day of the period that is chosen. */
  at?: string;
  /** Which pictures of the workload are shown as tables. */
  tables?: Twin[];
}

export function validatePeopleSearch(search: Raw): PeopleSearch {
  const [from, to] = [who(search.from), who(search.to)];
  const at = name(search.at);
  const isPair = from !== undefined && to !== undefined;
  return {
    attribute: name(search.attribute),
    metric: oneOf(search.metric, METRICS),
    top: oneOf(search.top, TOPS),
    from: isPair ? from : undefined,
    to: isPair ? to : undefined,
    table: on(search.table),
    auxiliary: on(search.auxiliary),
    show: oneOf(search.show, ['workload'] as const),
    period: oneOf(search.period, PERIODS),
    work: oneOf(search.work, WORKS),
    who: who(search.who),
    at: at && /^\d{4,}-\d\d-\d\d$/.test(at) ? at : undefined,
    tables: someOf(search.tables, TWINS),
  };
}

function who(value: unknown): string | null | undefined {
  return value === null ? null : name(value);
}

/** Attributes that can say who did an event: texts that change within a case. */
export function personAttributes(schema: Schema): string[] {
  return schema.attributes
    .filter(({ level, type }) => level === 'event' && type === 'text')
    .map((one) => one.name);
}

/** The attribute that is looked at; nothing where none is chosen and the log names nobody. */
export function chosenAttribute(
  { attribute }: PeopleSearch,
  schema: Schema,
): { attribute: string | null; isUnknown: boolean } {
  const isKnown = attribute !== undefined && personAttributes(schema).includes(attribute);
  return {
    attribute: isKnown ? attribute : (schema.resource ?? null),
    isUnknown: attribute !== undefined && !isKnown,
  };
}
