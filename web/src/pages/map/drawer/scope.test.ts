import { expect, test } from 'vitest';
import type { MapScope } from '../../../api/drawer';
import { asOnMap, ends, goes, hasItem, starts, waits } from './scope';

const ALL: MapScope = { version: '1@1', filters: [], activities: null, auxiliary: false };
const SOME = { ...ALL, activities: ['a', 'c'] };

test('what is on the map is what the filter keeps', () => {
  const path = hasItem({ kind: 'path', from: 'a', to: 'c' }, ALL);
  expect(path).toEqual({ kind: 'follows', from: ['a'], to: ['c'], mode: 'directly' });
  expect(asOnMap(path, ALL)).toEqual([path]);
  // Where activities are hidden, what is between two others is gone before they follow directly.
  expect(asOnMap(path, SOME)).toEqual([{ kind: 'event_activity', activities: ['a', 'c'] }, path]);
  expect(asOnMap(starts('a', SOME), SOME)).toHaveLength(2);
  // Whether a case has an activity does not depend on others.
  const activity = hasItem({ kind: 'activity', activity: 'a' }, SOME);
  expect(asOnMap(activity, SOME)).toEqual([activity]);
});

test('auxiliary activities in between count where the map shows them', () => {
  const scope = { ...ALL, auxiliary: true };
  expect(goes(['a'], ['b'], scope)).toMatchObject({ auxiliary: true });
  expect(ends('a', scope)).toMatchObject({ kind: 'ends_with', auxiliary: true });
});

test('a bar of waits ends before its upper edge', () => {
  expect(waits(3600, 7200)).toEqual({ after_s: 3600, within_s: 7199.999999 });
  expect(waits(0, 60)).toEqual({ within_s: 59.999999 });
});
