import { expect, test } from 'vitest';
import { searchOf, selectionOf, validateMapSearch } from './search';

test('what the map needs is taken from the address', () => {
  const search = {
    version: 3,
    metric: 'p90',
    second: 'cases',
    times: 'wait',
    activities: 40,
    paths: 0,
    rare: true,
    direction: 'LR',
    activity: 'Quote Issued',
    table: true,
    filters: [{ kind: 'x' }],
  };
  expect(validateMapSearch(search)).toEqual(search);
});

test('what makes no sense is left out, and so is what is shown anyway', () => {
  const nonsense = {
    version: -1,
    metric: 'fame',
    second: 'fame',
    times: 'work',
    activities: 101,
    paths: '40',
    rare: 'yes',
    direction: 'TB',
    activity: '',
    from: 'a',
    filters: [],
    unknown: 1,
  };
  expect(validateMapSearch(nonsense)).toEqual({});
  expect(validateMapSearch({ metric: 'cases' })).toEqual({});
});

test('a selection is an activity or both ends of a path', () => {
  expect(selectionOf(validateMapSearch({ from: 'a', to: 'b' }))).toEqual({
    kind: 'path',
    from: 'a',
    to: 'b',
  });
  expect(selectionOf(validateMapSearch({ activity: 'a', from: 'a', to: 'b' }))).toEqual({
    kind: 'activity',
    activity: 'a',
  });
  expect(selectionOf({})).toBeNull();
  expect(validateMapSearch(searchOf({ kind: 'path', from: 'a', to: 'b' }))).toEqual({
    from: 'a',
    to: 'b',
  });
});
