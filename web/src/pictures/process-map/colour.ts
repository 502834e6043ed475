// Colours between the steps of a ramp, and the ink that can be read on them.
//
// Mixing is done in Oklab (Ottosson, "A perceptual color space for image processing", 2020), so
// that equal steps of a value look like equal steps of colour.

/** Nearly black: of a lighter ink neither it nor white could be read on the middle of a ramp. */
const INK_DARK = '#04060a';
const INK_LIGHT = '#ffffff';

/** A ramp as a function from 0 (little) to 1 (much). */
export type Ramp = (share: number) => string;

export function ramp(steps: readonly string[]): Ramp {
  const last = steps.length - 1;
  return (share) => {
    const place = Math.max(0, Math.min(1, share)) * last;
    const step = Math.min(Math.max(0, last - 1), Math.floor(place));
    const [from = INK_LIGHT, to = from] = [steps[step], steps[step + 1]];
    return mixed(from, to, place - step);
  };
}

/** Black or white, whichever stands out more. */
export function inkOn(colour: string): string {
  return contrast(colour, INK_LIGHT) >= contrast(colour, INK_DARK) ? INK_LIGHT : INK_DARK;
}

/** Contrast as WCAG 2.2 defines it, from 1 to 21. */
export function contrast(left: string, right: string): number {
  const [light, dark] = [luminance(left), luminance(right)].sort((a, b) => b - a);
  return ((light ?? 0) + 0.05) / ((dark ?? 0) + 0.05);
}

function luminance(colour: string): number {
  const [red, green, blue] = linear(colour);
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

type Three = [number, number, number];

function mixed(from: string, to: string, share: number): string {
  const [start, end] = [oklab(linear(from)), oklab(linear(to))];
  const mix = (axis: 0 | 1 | 2) => start[axis] + (end[axis] - start[axis]) * share;
  const text = linearOf([mix(0), mix(1), mix(2)]).map((one) =>
    Math.round(255 * Math.max(0, Math.min(1, encoded(one))))
      .toString(16)
      .padStart(2, '0'),
  );
  return `#${text.join('')}`;
}

function oklab([red, green, blue]: Three): Three {
  const l = Math.cbrt(0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue);
  const m = Math.cbrt(0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue);
  const s = Math.cbrt(0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue);
  return [
    0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s,
    1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s,
    0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s,
  ];
}

function linearOf([lightness, a, b]: Three): Three {
  const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3;
  return [
    4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s,
    -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s,
    -0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s,
  ];
}

/** The channels of a colour such as `#2f6fbd` or `#fff`, in linear light from 0 to 1. */
function linear(colour: string): Three {
  const full = colour.length === 4 ? colour.replace(/[0-9a-f]/gi, '$&$&') : colour;
  const channel = (at: number) => {
    const share = Number.parseInt(full.slice(at, at + 2), 16) / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  };
  return [channel(1), channel(3), channel(5)];
}

function encoded(share: number): number {
  return share <= 0.0031308 ? share * 12.92 : 1.055 * share ** (1 / 2.4) - 0.055;
}
