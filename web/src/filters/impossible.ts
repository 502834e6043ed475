// Whether the bounds of a filter leave room for nothing, because the upper lies below the lower.
import type { OneFilter } from './filter';

type Bound = number | string | null | undefined;

/** Numbers and spans of time: both bounds belong to the range. */
export function isReversed(min: Bound, max: Bound): boolean {
  return isGiven(min) && isGiven(max) && Number(min) > Number(max);
}

/** A period ends before `to`: it must be later than `from` for there to be a day. */
export function endsBeforeItStarts(from: Bound, to: Bound): boolean {
  return isGiven(from) && isGiven(to) && Date.parse(String(from)) >= Date.parse(String(to));
}

export function isImpossible(filter: OneFilter): boolean {
  switch (filter.kind) {
    case 'attribute_range':
    case 'event_attribute_range':
    case 'event_count':
      return isReversed(filter.min, filter.max);
    case 'duration':
    case 'activity_time':
      return isReversed(filter.min_s, filter.max_s);
    case 'follows':
      return isReversed(filter.after_s, filter.within_s);
    case 'period':
    case 'event_period':
    case 'attribute_period':
      return endsBeforeItStarts(filter.from, filter.to);
    default:
      return false;
  }
}

function isGiven(bound: Bound): bound is number | string {
  return bound !== null && bound !== undefined && bound !== '';
}
