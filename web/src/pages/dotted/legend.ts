// Which activities have a colour of their own.
import { COLOUR_COUNT } from './search';

/** The colour of each activity by its place: from 1, or nothing. */
type ColourPlaces = (number | null)[];

/** The chosen activities in their order; without a choice the most frequent ones, by count. */
export function colourPlaces(
  activities: string[],
  counts: number[],
  chosen: string[] | undefined,
): ColourPlaces {
  const order = chosen ?? mostFrequent(activities, counts);
  const places = new Map(order.map((activity, idx) => [activity, idx + 1]));
  return activities.map((activity) => places.get(activity) ?? null);
}

function mostFrequent(activities: string[], counts: number[]): string[] {
  return activities
    .map((activity, idx) => ({ activity, count: counts[idx] ?? 0 }))
    .filter(({ count }) => count > 0)
    .sort((left, right) => right.count - left.count)
    .slice(0, COLOUR_COUNT)
    .map(({ activity }) => activity);
}
