// The filters that an activity or a path offers, and what a filter says in words.
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

/** A filter in words; `null` of one that was made elsewhere and says more than these. */
export function wordsOf(filter: unknown, text: Say, list: (names: string[]) => string) {
  if (typeof filter !== 'object' || filter === null) return null;
  const { kind, activities, from, to, mode, ...rest } = filter as Record<string, unknown>;
  if (Object.keys(rest).length > 0) return null;
  if (kind === 'follows' && areNames(from) && areNames(to) && MODES.some((one) => one === mode)) {
    const ends = { from: list(from), to: list(to) };
    return text(mode === 'directly' ? 'map.filter.directly' : 'map.filter.eventually', ends);
  }
  const found = OF_ACTIVITY.find((one) => one === kind);
  if (found === undefined || mode !== undefined || !areNames(activities)) return null;
  return text(KEYS[found], { activity: list(activities) });
}

const KEYS: Record<(typeof OF_ACTIVITY)[number], TextKey> = {
  activity_contains: 'map.filter.with',
  activity_not_contains: 'map.filter.without',
  starts_with: 'map.filter.starts',
  ends_with: 'map.filter.ends',
};

function areNames(value: unknown): value is string[] {
  return Array.isArray(value) && value.length > 0 && value.every((one) => typeof one === 'string');
}
