import { expect, test } from 'vitest';
import { runsOf } from './NoVersion';

test('versions are named in their order, those that follow one another as one', () => {
  expect(runsOf([1])).toBe('1');
  expect(runsOf([5, 3, 2, 1])).toBe('1–3, 5');
  expect(runsOf([12, 10, 9, 2])).toBe('2, 9–10, 12');
});
