// Whose values a map can show: the attributes of the log with numbers, and the one that is chosen.
import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { schemaQuery } from '../../api/logs';
import type { MapAnswer } from '../../api/map';
import type { Log, Schema, Version } from '../../api/types';
import type { MapGraph, ValueUnit } from '../../pictures/process-map/graph';
import type { Metric } from '../../pictures/process-map/metricNames';
import { METRICS } from '../../pictures/process-map/metrics';
import type { ValuesOf } from './MetricControl';
import type { MapSearch } from './search';

export interface ValueAttribute {
  name: string;
  type: ValueUnit['type'];
}

interface ValueChoice {
  /** Amounts first. */
  attributes: ValueAttribute[];
  chosen: ValueAttribute | undefined;
  /** Not known before the attributes are. */
  isKnown: boolean;
}

export function useValueChoice(log: Log, version: Version, search: MapSearch): ValueChoice {
  const schema = useQuery(schemaQuery(log.id, version.number));
  const { of } = search;
  return useMemo(
    () => ({ ...valueChoice(schema.data, of), isKnown: !schema.isPending }),
    [schema.data, schema.isPending, of],
  );
}

export function valueChoice(schema: Schema | undefined, of: string | undefined): ValueChoice {
  const attributes = valueAttributes(schema);
  const chosen = of === undefined ? attributes[0] : attributes.find((one) => one.name === of);
  return { attributes, chosen, isKnown: schema !== undefined };
}

const TYPES: Record<string, ValueUnit['type']> = {
  money: 'money',
  decimal: 'number',
  integer: 'number',
  duration: 'duration',
};
const ORDER: ValueUnit['type'][] = ['money', 'number', 'duration'];

export function valueAttributes(schema: Schema | undefined): ValueAttribute[] {
  const found = new Map<string, ValueAttribute>();
  for (const { name, type } of schema?.attributes ?? []) {
    const known = TYPES[type];
    if (known && !found.has(name)) found.set(name, { name, type: known });
  }
  return [...found.values()].sort(
    (left, right) => ORDER.indexOf(left.type) - ORDER.indexOf(right.type),
  );
}

/** The metric that can be shown: values need an attribute that the log has. */
export function possibleMetric(metric: Metric | undefined, choice: ValueChoice): Metric {
  if (metric === undefined) return 'cases';
  if (METRICS[metric].kind !== 'value' || !choice.isKnown) return metric;
  if (choice.chosen === undefined) return 'cases';
  // Waiting is weighed by amounts and numbers; durations have no value for each day.
  return metric === 'valueDelayed' && choice.chosen.type === 'duration' ? 'valueSum' : metric;
}

/** The currencies of the values on a map, the most frequent first. */
export function currenciesOf(map: MapAnswer, attribute: string): (string | null)[] {
  const counts = new Map<string | null, number>();
  for (const { values = [] } of map.activities) {
    const figures = values.find((one) => one.attribute === attribute)?.figures ?? [];
    for (const { currency = null, count } of figures) {
      counts.set(currency, (counts.get(currency) ?? 0) + count);
    }
  }
  const order = [...counts].sort(([a, one], [b, other]) => other - one || compare(a, b));
  return order.map(([currency]) => currency);
}

function compare(left: string | null, right: string | null): number {
  return (left ?? '') < (right ?? '') ? -1 : 1;
}

export function unitOf(
  map: MapAnswer,
  { name, type }: ValueAttribute,
  wanted: string | undefined,
): ValueUnit {
  const currencies = type === 'money' ? currenciesOf(map, name) : [];
  const known = currencies.find((one) => one === wanted);
  return { attribute: name, type, currency: known ?? currencies[0] ?? null };
}

/** What the control offers. */
export function valuesOf(
  { attributes, chosen }: ValueChoice,
  graph: MapGraph | undefined,
  map: MapAnswer | undefined,
): ValuesOf {
  const currencies = map && chosen?.type === 'money' ? currenciesOf(map, chosen.name) : [];
  return {
    attributes: attributes.map((one) => one.name),
    chosen: chosen?.name,
    currencies: currencies.filter((one) => one !== null),
    currency: graph?.value?.currency ?? undefined,
    canDelay: chosen !== undefined && chosen.type !== 'duration',
  };
}
