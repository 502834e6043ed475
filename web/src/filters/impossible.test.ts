import { expect, test } from 'vitest';
import type { OneFilter } from './filter';
import { isImpossible } from './impossible';

const DAY_S = 86_400;

test('a range whose upper bound is below its lower one can hold nothing', () => {
  const reversed: OneFilter[] = [
    { kind: 'duration', min_s: 100 * DAY_S, max_s: 10 * DAY_S },
    { kind: 'event_count', min: 9, max: 2 },
    { kind: 'attribute_range', attribute: 'Amount', min: '10.5', max: '9' },
    { kind: 'event_attribute_range', attribute: 'Amount', min: 1, max: -1 },
    { kind: 'follows', from: ['a'], to: ['b'], mode: 'directly', after_s: 2, within_s: 1 },
    { kind: 'activity_time', activities: ['a'], measure: 'wait', min_s: 2, max_s: 1 },
  ];
  expect(reversed.filter((one) => !isImpossible(one))).toEqual([]);
});

test('a period whose last day lies before its first can hold nothing', () => {
  const from = '2025-02-01';
  // The end of a period is the day after its last.
  const reversed: OneFilter[] = [
    { kind: 'period', mode: 'starts', from, to: '2025-02-01' },
    { kind: 'event_period', from, to: '2025-01-02' },
    { kind: 'attribute_period', attribute: 'Due', from, to: '2024-12-31T12:00:00Z' },
  ];
  expect(reversed.filter((one) => !isImpossible(one))).toEqual([]);
});

test('a single value, a single day and an open range are possible', () => {
  const possible: OneFilter[] = [
    { kind: 'duration', min_s: 60, max_s: 60 },
    { kind: 'duration', min_s: 60 },
    { kind: 'event_count', min: null, max: 0 },
    { kind: 'attribute_range', attribute: 'Amount', min: '9', max: '10' },
    { kind: 'period', mode: 'ends', from: '2025-02-01', to: '2025-02-02' },
    { kind: 'event_period', to: '2025-02-02' },
    { kind: 'follows', from: ['z'], to: ['a'], mode: 'eventually' },
    { kind: 'handover', from: ['z'], to: ['a'] },
  ];
  expect(possible.filter(isImpossible)).toEqual([]);
});
