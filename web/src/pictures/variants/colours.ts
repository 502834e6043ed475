// Which category colour an activity has: always the same in one version, whatever is filtered.

/** The last category is the neutral grey of all that are not among the most frequent. */
export const NEUTRAL = 8;

/** `activities`: the most frequent first. */
export function categories(activities: string[]): Map<string, number> {
  const coloured = activities.slice(0, NEUTRAL - 1);
  return new Map(coloured.map((activity, idx) => [activity, idx + 1]));
}

export function categoryOf(known: Map<string, number>, activity: string): number {
  return known.get(activity) ?? NEUTRAL;
}
