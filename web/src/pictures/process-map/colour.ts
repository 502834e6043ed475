// Colours between the steps of a ramp, and the ink that can be read on them.
import { interpolateLab } from 'd3-interpolate';

/** Nearly black: of a lighter ink neither it nor white could be read on the middle of a ramp. */
export const INK_DARK = '#04060a';
export const INK_LIGHT = '#ffffff';

/** A ramp as a function from 0 (little) to 1 (much). */
export type Ramp = (share: number) => string;

export function ramp(steps: readonly string[]): Ramp {
  const last = steps.length - 1;
  return (share) => {
    const place = Math.max(0, Math.min(1, share)) * last;
    const step = Math.min(Math.max(0, last - 1), Math.floor(place));
    const [from = INK_LIGHT, to = from] = [steps[step], steps[step + 1]];
    return hex(interpolateLab(from, to)(place - step));
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
  const [red = 0, green = 0, blue = 0] = channels(colour).map((channel) => {
    const share = channel / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function channels(colour: string): number[] {
  const text = colour.startsWith('rgb') ? hex(colour) : colour;
  const full = text.length === 4 ? text.replace(/[0-9a-f]/gi, '$&$&') : text;
  return [1, 3, 5].map((at) => Number.parseInt(full.slice(at, at + 2), 16));
}

function hex(colour: string): string {
  const numbers = colour.match(/[\d.]+/g)?.slice(0, 3) ?? [];
  if (!colour.startsWith('rgb') || numbers.length < 3) return colour;
  return `#${numbers.map((one) => Math.round(Number(one)).toString(16).padStart(2, '0')).join('')}`;
}
