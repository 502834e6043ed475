import { expect, test } from 'vitest';
import type { MapAnswer } from '../../api/map';
import type { Schema } from '../../api/types';
import { formats } from '../../format';
import { METRICS } from '../../pictures/process-map/metrics';
import type { Say } from '../../text/useText';
import { golden } from '../explore/testing';
import { currenciesOf, possibleMetric, unitOf, valueAttributes } from './useValueChoice';
import { writer } from './write';

const MAP = golden<{ tiles: { answer: MapAnswer }[] }>('map').tiles[0]?.answer as MapAnswer;
const SCHEMA = golden<Schema>('schema');
const text: Say = (key, values) => `${key} ${Object.values(values ?? {}).join(' ')}`;
const NUMBER = { name: 'Montant', type: 'number' } as const;

test('the values of a log are its attributes with numbers', () => {
  expect(valueAttributes(SCHEMA)).toEqual([NUMBER]);
  expect(valueAttributes(undefined)).toEqual([]);
});

test('a value that the log does not have falls back to cases', () => {
  const known = { attributes: [NUMBER], chosen: NUMBER, isKnown: true };
  expect(possibleMetric('valueSum', known)).toBe('valueSum');
  expect(possibleMetric('valueSum', { ...known, chosen: undefined })).toBe('cases');
  expect(possibleMetric('median', { ...known, chosen: undefined })).toBe('median');
  const duration = { name: 'Cycle', type: 'duration' } as const;
  expect(possibleMetric('valueDelayed', { ...known, chosen: duration })).toBe('valueSum');
});

test('the sum, the mean and the delayed value are those of the answer', () => {
  const graph = { ...MAP, value: unitOf(MAP, NUMBER, undefined) };
  const first = MAP.activities.find((one) => one.activity === 'Créer la commande');
  if (!first) throw new Error('the golden map has no such activity');
  const of = (metric: 'valueSum' | 'valueMean' | 'valueDelayed') =>
    METRICS[metric].ofActivity(first, graph);
  const [values] = first.values ?? [];
  expect(of('valueSum')).toBe(Number(values?.figures[0]?.sum));
  expect(of('valueMean')).toBe(Number(values?.figures[0]?.mean));
  expect(of('valueDelayed')).toBe(first.weighted?.[0]?.total);
  expect(METRICS.most.ofActivity(first, graph)).toBe(1);
  // Without the attribute there is no value.
  expect(METRICS.valueSum.ofActivity(first, MAP)).toBeNull();
});

test('the currency with the most values comes first, and a wanted one is shown if it is there', () => {
  const figures = (currency: string, count: number) => {
    return { currency, count, sum: count, mean: 1, median: 1, min: 1, max: 1 };
  };
  const value = { attribute: 'Amount', level: 'case', eligible: 9, used: 9 } as const;
  const activity = (name: string, list: ReturnType<typeof figures>[]) => ({
    ...(MAP.activities[0] as MapAnswer['activities'][number]),
    activity: name,
    values: [{ ...value, figures: list }],
  });
  const map = {
    ...MAP,
    activities: [
      activity('a', [figures('EUR', 2), figures('USD', 3)]),
      activity('b', [figures('EUR', 4)]),
    ],
  };
  const amount = { name: 'Amount', type: 'money' } as const;
  expect(currenciesOf(map, 'Amount')).toEqual(['EUR', 'USD']);
  expect(unitOf(map, amount, 'USD').currency).toBe('USD');
  expect(unitOf(map, amount, 'JPY').currency).toBe('EUR');
  const unit = unitOf(map, amount, 'USD');
  const found = map.activities[0] as MapAnswer['activities'][number];
  expect(METRICS.valueSum.ofActivity(found, { ...map, value: unit })).toBe(3);
});

test('amounts are written with their currency, other numbers with few digits', () => {
  const format = formats('en');
  const money = { attribute: 'Amount', type: 'money', currency: 'EUR' } as const;
  expect(writer(format, text, money)(1_234_567, 'value')).toBe('€1.23m');
  expect(writer(format, text, money)(1_234_567, 'valueDays')).toBe('map.valueDays €1.23m');
  const number = { attribute: 'Score', type: 'number', currency: null } as const;
  expect(writer(format, text, number)(1_234.56, 'value')).toBe('1,234.6');
  const time = { attribute: 'Cycle', type: 'duration', currency: null } as const;
  expect(writer(format, text, time)(7_200, 'value')).toBe('2 hrs');
});
