import { expect, test } from 'vitest';
import type { Schema } from '../../api/types';
import { keyOf, type Missing, mended, missingIn, valuesIn } from './missing';
import { isSameState, pageOf, stateOf } from './state';
import { shortened } from './viewName';

const SCHEMA = {
  activities: ['Order', 'Pay', 'Ship'].map((name) => ({ name, auxiliary: false })),
  attributes: [
    { name: 'Region', level: 'case', type: 'text' },
    { name: 'Cost', level: 'event', type: 'decimal' },
    { name: 'Team', level: 'event', type: 'text' },
  ],
} as unknown as Schema;
const NONE = new Set<string>();

const activity = (name: string): Missing => ({ kind: 'activity', name });

function missing(page: string, state: Record<string, unknown>) {
  return missingIn(page, state, SCHEMA, NONE);
}

test('what a page shows is what was saved, in whatever order it is said', () => {
  const search = { view: 3, filters: [{ kind: 'sample', share: 0.5 }], table: undefined, paths: 9 };
  expect(stateOf(search)).toEqual({ filters: [{ kind: 'sample', share: 0.5 }], paths: 9 });
  expect(isSameState({ paths: 9, filters: [] }, { filters: [], paths: 9 })).toBe(true);
  expect(isSameState({ paths: 9 }, { paths: 8 })).toBe(false);
});

test('the page of an address is its first word, if it is a place of a log', () => {
  expect([pageOf('/map/3'), pageOf('/data/3'), pageOf('/')]).toEqual(['map', undefined, undefined]);
});

test('what every kind of filter names is looked up', () => {
  const filters = [
    { kind: 'activity_contains', activities: ['Order', 'Quote'] },
    {
      any: [
        { kind: 'ends_with', activities: ['Lost'] },
        { kind: 'repeats', activity: 'Pay' },
      ],
    },
    { not: { kind: 'follows', from: ['Order'], to: ['Win'], mode: 'directly' } },
    { kind: 'attribute_range', attribute: 'Price', min: 1 },
    { kind: 'event_attribute_in', attribute: 'Region', values: ['EMEA'] },
  ];
  expect(missing('map', { filters })).toEqual([
    activity('Quote'),
    activity('Lost'),
    activity('Win'),
    { kind: 'attribute', name: 'Price', level: undefined },
    { kind: 'attribute', name: 'Region', level: 'event' },
  ]);
});

test('ends, stages and who hands over are looked up', () => {
  const filters = [
    { kind: 'duration', min_s: 1, ends: ['Ship', 'Win'] },
    { kind: 'activity_time', activities: ['Order', 'Call'], measure: 'wait', min_s: 1 },
    { kind: 'handover', from: ['Ann'], attribute: 'Desk' },
    { kind: 'funnel_place', place: 'reached', stage: 'Ship', stages: [{ activities: ['Quote'] }] },
  ];
  expect(missing('funnel', { filters, stages: [{ activities: ['Order', 'Lost'] }] })).toEqual([
    activity('Win'),
    activity('Call'),
    { kind: 'attribute', name: 'Desk', level: 'event' },
    activity('Quote'),
    activity('Lost'),
  ]);
});

test('after a group its name is known and its members are not', () => {
  const group = { kind: 'group_activities', groups: { Money: ['Pay'] } };
  const uses = (name: string) => ({ kind: 'starts_with', activities: [name] });
  expect(missing('map', { filters: [uses('Pay'), group, uses('Money')] })).toEqual([]);
  expect(missing('map', { filters: [group, uses('Pay')], activity: 'Money' })).toEqual([
    activity('Pay'),
  ]);
  const paused = [{ at: 0, filter: group }];
  expect(missing('map', { paused, filters: [uses('Money')] })).toEqual([activity('Money')]);
});

test('what a page has chosen is looked up too', () => {
  expect(missing('map', { from: 'Order', to: 'Win' })).toEqual([activity('Win')]);
  expect(missing('dotted', { colours: ['Pay', 'Win'], highlight: 'Lost' })).toEqual([
    activity('Win'),
    activity('Lost'),
  ]);
  expect(missing('cases', { columns: ['start', '@Region', '@Owner'], sort: '@Owner' })).toEqual([
    { kind: 'attribute', name: 'Owner', level: 'case' },
  ]);
  expect(missing('variants', { q: 'anything' })).toEqual([]);
});

test('values are asked for where their attribute is there', () => {
  const filters = [
    { kind: 'attribute_in', attribute: 'Region', values: ['EMEA', null] },
    { kind: 'attribute_not_in', attribute: 'Nowhere', values: ['x'] },
    { kind: 'attribute_in', attribute: 'Team', values: ['B'] },
  ];
  expect(valuesIn('map', { filters }, SCHEMA)).toEqual([
    { attribute: 'Region', level: 'case', value: 'EMEA' },
    { attribute: 'Team', level: 'event', value: 'B' },
  ]);
  const gone: Missing = { kind: 'value', attribute: 'Team', level: 'event', value: 'B' };
  expect(missingIn('map', { filters: [filters[2]] }, SCHEMA, new Set([keyOf(gone)]))).toEqual([
    gone,
  ]);
});

test('a state is mended by other names, and by leaving out', () => {
  const state = {
    filters: [
      { kind: 'activity_contains', activities: ['Order', 'Quote'], mode: 'all' },
      { kind: 'ends_with', activities: ['Lost'] },
      { any: [{ kind: 'ends_with', activities: ['Lost'] }, { kind: 'repeats' }] },
      { kind: 'attribute_in', attribute: 'Area', values: ['EMEA', null] },
    ],
    paused: [{ at: 1, filter: { kind: 'repeats', activity: 'Lost' } }],
    metric: 'median',
    from: 'Lost',
    to: 'Pay',
  };
  const mends = new Map<string, string | null>([
    [keyOf(activity('Quote')), 'Order'],
    [keyOf(activity('Lost')), null],
    [keyOf({ kind: 'attribute', name: 'Area', level: undefined }), 'Region'],
  ]);
  const next = mended('map', state, SCHEMA, mends);
  expect(next).toEqual({
    filters: [
      { kind: 'activity_contains', activities: ['Order'], mode: 'all' },
      { kind: 'repeats' },
      { kind: 'attribute_in', attribute: 'Region', values: ['EMEA', null] },
    ],
    metric: 'median',
  });
  expect(missing('map', next)).toEqual([]);
});

test('a notice tells a long name by its beginning', () => {
  expect(shortened('Monday')).toBe('Monday');
  const long = 'Every week '.repeat(14).trim();
  expect(shortened(long)).toBe('Every week Every week Every week Every week Eve…');
  expect([...shortened('営業'.repeat(40))]).toHaveLength(48);
});
