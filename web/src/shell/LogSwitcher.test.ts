import { expect, test } from 'vitest';
import { samePlace } from './LogSwitcher';

test('another log is opened at the place that is looked at', () => {
  expect(samePlace('/variants/13')).toBe('/variants/$log');
  expect(samePlace('/dotted/2')).toBe('/dotted/$log');
  expect(samePlace('/map/1')).toBe('/map/$log');
});

test('where no place of a log is open, the map is', () => {
  expect(['/data', '/data/3', '/views/3/4', '/', '/mapping/3'].map(samePlace)).toEqual(
    Array(5).fill('/map/$log'),
  );
});
