// How a share of all transitions is written.

/** 100 % is said only when it is all. */
export function shareOf(coverage: number, percent: (ratio: number) => string): string {
  return percent(coverage < 1 ? Math.min(coverage, 0.999) : 1);
}
