import { expect, test } from 'vitest';
import { readFilter } from '../../filters/filter';
import { membersOf, withGroup, withHidden, withoutGroup } from './edits';

const OTHER = { kind: 'activity_contains', activities: ['x'] };
const hide = (...activities: string[]) => ({ not: { kind: 'event_activity', activities } });

test('hiding one after another is one filter, unless something else came between', () => {
  const first = withHidden([OTHER], ['a']);
  expect(first).toEqual([OTHER, hide('a')]);
  expect(withHidden(first, ['b', 'a'])).toEqual([OTHER, hide('a', 'b')]);
  expect(withHidden([...first, OTHER], ['b'])).toEqual([OTHER, hide('a'), OTHER, hide('b')]);
});

test('what is made is a filter that the chips know', () => {
  for (const filter of [...withHidden([], ['a']), ...withGroup([], 'g', ['a', 'b'])]) {
    expect(readFilter(filter)).toEqual(filter);
  }
});

test('a group is known by its name, the latest of that name', () => {
  const filters = withGroup(withGroup([OTHER], 'g', ['a', 'b']), 'g', ['g']);
  expect(membersOf(filters, 'g')).toEqual(['g']);
  expect(membersOf(filters, 'a')).toBeUndefined();
  expect(withoutGroup(filters, 'g')).toEqual(withGroup([OTHER], 'g', ['a', 'b']));
});

test('of several groups of one filter only the one goes', () => {
  const both = { kind: 'group_activities', groups: { g: ['a'], h: ['b'] } };
  expect(withoutGroup([both], 'g')).toEqual([{ ...both, groups: { h: ['b'] } }]);
  expect(withoutGroup([both], 'none')).toEqual([both]);
});
