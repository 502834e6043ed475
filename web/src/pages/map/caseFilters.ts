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

/** What can be asked of the cases of an item. */
export function filtersOf(item: MapItem): CaseFilter[] {
  if (item.kind === 'activity') {
    return OF_ACTIVITY.map((kind) => ({ kind, activities: [item.activity] }));
  }
  return MODES.map((mode) => ({ kind: 'follows', from: [item.from], to: [item.to], mode }));
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
