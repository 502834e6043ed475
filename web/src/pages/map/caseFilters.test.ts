import { expect, test } from 'vitest';
import type { Say } from '../../text/useText';
import { type CaseFilter, filtersOf, wordsOf } from './caseFilters';

const text: Say = (key, values) => `${key} ${Object.values(values ?? {}).join(' ')}`;
const words = (filter: CaseFilter) => wordsOf(filter, text);

test('an activity and a path offer what the server understands, and each has its words', () => {
  expect(filtersOf({ kind: 'activity', activity: 'a' }).map(words)).toEqual([
    'map.filter.with a',
    'map.filter.without a',
    'map.filter.starts a',
    'map.filter.ends a',
  ]);
  const [, , , , directly, eventually] = filtersOf({ kind: 'activity', activity: 'b' }, 'a');
  expect(directly).toEqual({ kind: 'follows', from: ['a'], to: ['b'], mode: 'directly' });
  expect(eventually && words(eventually)).toBe('map.filter.eventually a b');
  expect(filtersOf({ kind: 'activity', activity: 'a' }, 'a')).toHaveLength(4);
  const ofPath = filtersOf({ kind: 'path', from: 'a', to: 'b' });
  expect(ofPath[0]).toEqual({ kind: 'follows', from: ['a'], to: ['b'], mode: 'directly' });
  expect(ofPath.map(words)).toEqual(['map.filter.directly a b', 'map.filter.eventually a b']);
});
