import { expect, test } from 'vitest';
import { areStages, freeActivities, moved, STAGES_MAX, stageName } from './stages';

test('a stage is called by its name, else by its activities in the order of their bytes', () => {
  expect(stageName({ name: 'Met', activities: ['Demo', 'Call'] })).toBe('Met');
  expect(stageName({ activities: ['b', 'a', 'b'] })).toBe('a / b');
  // U+FF21 has more bytes of less worth than U+1D400, and fewer units of more.
  expect(stageName({ activities: ['\u{1d400}', '\uff21', 'É', 'Z'] })).toBe(
    'Z / É / \uff21 / \u{1d400}',
  );
});

test('stages can be a funnel when no activity and no name is there twice', () => {
  const one = (...activities: string[]) => ({ activities });
  expect(areStages([one('a'), one('b', 'c')])).toBe(true);
  expect(areStages([])).toBe(false);
  expect(areStages([one()])).toBe(false);
  expect(areStages([one('a'), one('b', 'a')])).toBe(false);
  expect(areStages([one('a'), { name: 'a', activities: ['b'] }])).toBe(false);
  const many = Array.from({ length: STAGES_MAX + 1 }, (_, idx) => one(String(idx)));
  expect(areStages(many)).toBe(false);
  expect(areStages(many.slice(1))).toBe(true);
});

test('a stage is moved, and what is free is what none has', () => {
  expect(moved(['a', 'b', 'c'], 0, 2)).toEqual(['b', 'c', 'a']);
  expect(moved(['a', 'b', 'c'], 2, 1)).toEqual(['a', 'c', 'b']);
  expect(moved(['a'], 5, 0)).toEqual(['a']);
  expect(freeActivities(['a', 'b', 'c'], [{ activities: ['c', 'a'] }])).toEqual(['b']);
});
