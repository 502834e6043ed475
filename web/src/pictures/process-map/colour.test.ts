import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { contrast, inkOn, ramp } from './colour';

const TOKENS = readFileSync('src/style/tokens.css', 'utf8');
const [LIGHT = '', DARK = ''] = TOKENS.split('[data-mantine-color-scheme="dark"]');

function steps(sheet: string, name: string): string[] {
  const pattern = new RegExp(`--${name}-\\d: (#[0-9a-f]{6});`, 'g');
  return [...sheet.matchAll(pattern)].map((match) => match[1] ?? '');
}

/** Lightness L* of CIELAB. */
function lightness(colour: string): number {
  // Contrast with black is (Y + 0.05) / 0.05.
  const y = contrast(colour, '#000000') * 0.05 - 0.05;
  return y > 0.008856 ? 116 * Math.cbrt(y) - 16 : 903.3 * y;
}

const RAMPS = ['frequency', 'duration', 'cost'].flatMap((name) => [
  { name: `${name}, light`, colours: steps(LIGHT, name), direction: -1 },
  { name: `${name}, dark`, colours: steps(DARK, name), direction: 1 },
  { name: `${name} of paths, light`, colours: steps(LIGHT, `${name}-path`), direction: -1 },
  { name: `${name} of paths, dark`, colours: steps(DARK, `${name}-path`), direction: 1 },
]);

const SAMPLES = Array.from({ length: 101 }, (_, idx) => idx / 100);

describe.each(RAMPS)('$name', ({ name, colours, direction }) => {
  const colour = ramp(colours);

  test('more is always further from the page', () => {
    expect(colours.length).toBe(name.includes('paths') ? 5 : 7);
    const values = SAMPLES.map((share) => lightness(colour(share)) * direction);
    for (const [idx, value] of values.entries()) {
      if (idx > 0) expect(value).toBeGreaterThan(values[idx - 1] ?? 0);
    }
  });

  test('the ink can be read on every colour', () => {
    for (const share of SAMPLES) {
      const fill = colour(share);
      expect(contrast(inkOn(fill), fill)).toBeGreaterThanOrEqual(4.5);
    }
  });
});

test('contrast is that of WCAG', () => {
  expect(contrast('#000', '#ffffff')).toBeCloseTo(21);
  expect(contrast('#777777', '#fff')).toBeCloseTo(4.48, 2);
});

test('a ramp has its own colours at its steps, and the middle of two in between', () => {
  const colour = ramp(['#000000', '#2f6fbd', '#ffffff']);
  expect([colour(0), colour(0.5), colour(1)]).toEqual(['#000000', '#2f6fbd', '#ffffff']);
  // The middle of black and white in Oklab has the lightness 0.5: 0.5³ = 0.125 of the light.
  expect(ramp(['#000000', '#ffffff'])(0.5)).toBe('#636363');
});

test('beyond its ends a ramp stays at its ends', () => {
  const colour = ramp(['#000000', '#ffffff']);
  expect([colour(-1), colour(2)]).toEqual(['#000000', '#ffffff']);
});

test.each([LIGHT, DARK])('what is muted can be read', (sheet) => {
  const muted = /--map-muted-activity: (#[0-9a-f]{6});/.exec(sheet)?.[1] ?? '';
  expect(contrast(inkOn(muted), muted)).toBeGreaterThanOrEqual(4.5);
  const [page, label] = ['page', 'label'].map(
    (name) => new RegExp(`--map-${name}: (#[0-9a-f]{6});`).exec(sheet)?.[1] ?? '',
  );
  expect(contrast(page ?? '', label ?? '')).toBeGreaterThanOrEqual(4.5);
});
