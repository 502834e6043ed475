// The filters that an activity or a path offers, and what each does in words.
import type { MapItem } from '../../pictures/process-map/graph';
import type { TextKey } from '../../text/messages';
import type { Say } from '../../text/useText';

/** A filter as the server understands it. */
export type CaseFilter =
  | { kind: (typeof OF_ACTIVITY)[number]; activities: string[] }
  | { kind: 'follows'; from: string[]; to: string[]; mode: (typeof MODES)[number] };

const OF_ACTIVITY = [
  'activity_contains',
  'activity_not_contains',
  'starts_with',
  'ends_with',
] as const;
const MODES = ['directly', 'eventually'] as const;

/** What can be asked of the cases of an item; `after` is another activity that is selected. */
export function filtersOf(item: MapItem, after?: string): CaseFilter[] {
  if (item.kind === 'path') return followed(item.from, item.to);
  const { activity } = item;
  const own = OF_ACTIVITY.map((kind): CaseFilter => ({ kind, activities: [activity] }));
  const isOther = after !== undefined && after !== activity;
  return isOther ? [...own, ...followed(after, activity)] : own;
}

function followed(from: string, to: string): CaseFilter[] {
  return MODES.map((mode) => ({ kind: 'follows', from: [from], to: [to], mode }));
}

/** What a filter that an item offers does, in words. */
export function wordsOf(filter: CaseFilter, text: Say): string {
  if (filter.kind === 'follows') {
    const [from, to] = [filter.from.join(), filter.to.join()];
    return text(`map.filter.${filter.mode}`, { from, to });
  }
  return text(KEYS[filter.kind], { activity: filter.activities.join() });
}

const KEYS: Record<(typeof OF_ACTIVITY)[number], TextKey> = {
  activity_contains: 'map.filter.with',
  activity_not_contains: 'map.filter.without',
  starts_with: 'map.filter.starts',
  ends_with: 'map.filter.ends',
};
