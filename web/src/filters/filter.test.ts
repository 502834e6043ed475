import { expect, test } from 'vitest';
import { keepsOf, readFilter } from './filter';

test('filters that the server takes are read as they stand', () => {
  const filters = [
    { kind: 'activity_contains', activities: ['a'], mode: 'all' },
    { kind: 'attribute_in', attribute: 'Region', level: 'event', values: ['EMEA', null, 3, true] },
    { kind: 'attribute_range', attribute: 'Amount', currency: 'EUR', min: '12.50', max: null },
    { kind: 'period', mode: 'contained', from: '2024-01-01', to: null },
    { kind: 'follows', from: ['a'], to: ['b'], mode: 'directly', within_s: 3600 },
    { kind: 'repeats' },
    { kind: 'duration', max_s: 86_400 },
    {
      any: [
        { kind: 'variant', ids: ['7ae5d8825fec8455'] },
        { not: { kind: 'sample', share: 0.1 } },
      ],
    },
    { kind: 'event_period', from: '2024-01-01T09:00:00Z' },
  ];
  for (const filter of filters) expect(readFilter(filter)).toEqual(filter);
});

test.each([
  ['no object', 'activity_contains'],
  ['an unknown kind', { kind: 'fame' }],
  ['a kind of its prototype', { kind: 'toString' }],
  ['a field is missing', { kind: 'activity_contains' }],
  ['a field is empty', { kind: 'activity_contains', activities: [] }],
  ['a field is unknown', { kind: 'repeats', loudly: true }],
  ['no bound', { kind: 'duration' }],
  ['no number', { kind: 'duration', max_s: 'long' }],
  ['no date', { kind: 'event_period', from: 'yesterday' }],
  ['no such mode', { kind: 'period', mode: 'near', from: '2024-01-01' }],
  ['two compositions', { any: [], all: [] }],
  ['an empty composition', { any: [] }],
  [
    'cases and events in one composition',
    { any: [{ kind: 'repeats' }, { kind: 'event_activity', activities: ['a'] }] },
  ],
  ['a part that is none', { any: [{ kind: 'repeats' }, { kind: 'fame' }] }],
])('what is none is left out: %s', (_, value) => {
  expect(readFilter(value)).toBeUndefined();
});

test('nesting has an end', () => {
  let deep: unknown = { kind: 'repeats' };
  for (let depth = 0; depth < 40; depth += 1) deep = { not: deep };
  expect(readFilter(deep)).toBeUndefined();
});

test('a composition keeps what its parts keep', () => {
  expect(keepsOf({ any: [{ kind: 'event_activity', activities: ['a'] }] })).toBe('events');
  expect(keepsOf({ not: { kind: 'repeats' } })).toBe('cases');
});
