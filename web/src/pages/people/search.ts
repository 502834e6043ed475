// What the address of the page "People" says, and what of it the log knows.
import type { Schema } from '../../api/types';
import { type LogSearch, name, on, oneOf, type Raw } from '../explore/search';

export const METRICS = ['handovers', 'cases', 'wait'] as const;
export type Metric = (typeof METRICS)[number];
export const TOPS = [10, 15, 25, 40] as const;
export type Top = (typeof TOPS)[number];
export const TOP: Top = 15;

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
}

export function validatePeopleSearch(search: Raw): PeopleSearch {
  const [from, to] = [who(search.from), who(search.to)];
  const isPair = from !== undefined && to !== undefined;
  return {
    attribute: name(search.attribute),
    metric: oneOf(search.metric, METRICS),
    top: oneOf(search.top, TOPS),
    from: isPair ? from : undefined,
    to: isPair ? to : undefined,
    table: on(search.table),
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
