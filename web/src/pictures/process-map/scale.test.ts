import { expect, test } from 'vitest';
import { domainOf, pathWidth, place } from './scale';

test('a scale goes from the least to the most that is shown', () => {
  const domain = domainOf([5, null, 9, 7]);
  expect(domain).toEqual({ least: 5, most: 9 });
  expect(domainOf([null])).toBeNull();
});

test.each(['linear', 'root'] as const)('a %s scale is strictly monotone', (kind) => {
  const domain = { least: 3, most: 10_000 };
  const places = Array.from({ length: 200 }, (_, idx) => place(3 + idx * 50, domain, kind));
  expect(places[0]).toBe(0);
  for (const [idx, value] of places.entries()) {
    if (idx > 0) expect(value).toBeGreaterThan(places[idx - 1] ?? 1);
  }
  expect(place(10_000, domain, kind)).toBe(1);
});

test('half of the range is the middle of a linear scale, a quarter that of a root scale', () => {
  expect(place(50, { least: 0, most: 100 }, 'linear')).toBe(0.5);
  expect(place(25, { least: 0, most: 100 }, 'root')).toBe(0.5);
});

test('a scale of one value has a middle', () => {
  expect(place(4, { least: 4, most: 4 }, 'linear')).toBe(0.5);
});

test('the width of a path follows the root of its cases', () => {
  expect(pathWidth(100, 100)).toBeCloseTo(8.35);
  expect(pathWidth(25, 100)).toBeCloseTo(4.75);
  expect(pathWidth(0, 0)).toBeCloseTo(1.15);
});
