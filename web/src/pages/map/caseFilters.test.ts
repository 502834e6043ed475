import { expect, test } from 'vitest';
import type { Say } from '../../text/useText';
import { filtersOf, wordsOf } from './caseFilters';

const text: Say = (key, values) => `${key} ${Object.values(values ?? {}).join(' ')}`;
const list = (names: string[]) => names.join('+');
const words = (filter: unknown) => wordsOf(filter, text, list);

test('an activity and a path offer what the server understands, and each has its words', () => {
  expect(filtersOf({ kind: 'activity', activity: 'a' }).map(words)).toEqual([
    'map.filter.with a',
    'map.filter.without a',
    'map.filter.starts a',
    'map.filter.ends a',
  ]);
  const ofPath = filtersOf({ kind: 'path', from: 'a', to: 'b' });
  expect(ofPath[0]).toEqual({ kind: 'follows', from: ['a'], to: ['b'], mode: 'directly' });
  expect(ofPath.map(words)).toEqual(['map.filter.directly a b', 'map.filter.eventually a b']);
});

test('of a filter that says more no words are made up', () => {
  expect(words({ kind: 'activity_contains', activities: ['a'], mode: 'all' })).toBeNull();
  expect(
    words({ kind: 'follows', from: ['a'], to: ['b'], mode: 'directly', within_s: 3 }),
  ).toBeNull();
  expect(words({ kind: 'starts_with', activities: [] })).toBeNull();
  expect(words({ kind: 'variant' })).toBeNull();
  expect(words('nonsense')).toBeNull();
});
