// The colour ramps of tokens.css as values, for pictures that mix colours themselves.

export type RampName = 'frequency' | 'duration' | 'cost';

const ACTIVITY_STEPS = 7;
const PATH_STEPS = 5;

/** Seven colours from little to much, of the theme that is shown now. */
export function activityRamp(name: RampName): string[] {
  return tokens(name, ACTIVITY_STEPS);
}

/** Five colours from little to much, of the theme that is shown now. */
export function pathRamp(name: RampName): string[] {
  return tokens(`${name}-path`, PATH_STEPS);
}

/** Seven colours of a difference, from more on the one side over none to more on the other. */
export function differenceRamp(): string[] {
  return tokens('difference', ACTIVITY_STEPS);
}

/** The same for paths, where none can be seen as well. */
export function differencePathRamp(): string[] {
  return tokens('difference-path', PATH_STEPS);
}

/** One token of tokens.css, as the theme that is shown now has it. */
export function token(name: string): string {
  return getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();
}

function tokens(prefix: string, count: number): string[] {
  return Array.from({ length: count }, (_, idx) => token(`${prefix}-${idx + 1}`));
}
