// How the value of an attribute is written where its area of texts is that of the lists.
import type { Say } from '../../text/useText';

export function shownValue(value: unknown, text: Say): string {
  if (value === null || value === undefined) return text('filters.blank');
  if (typeof value === 'boolean') return text(value ? 'filters.yes' : 'filters.no');
  return String(value);
}
