import { expect, test } from 'vitest';
import { nextOf } from './useFocusKept';

test('the focus of what is gone goes to the next one that stays, or to the one before', () => {
  const known = ['a', 'b', 'c', 'd'];
  expect(nextOf('b', known, ['a', 'c', 'd'])).toBe('c');
  expect(nextOf('b', known, ['d', 'a'])).toBe('d');
  expect(nextOf('d', known, ['a', 'c'])).toBe('c');
  expect(nextOf('b', known, ['x'])).toBeUndefined();
});
