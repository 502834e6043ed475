// How the value of an attribute is written.
import type { Say } from '../../text/useText';

export function shownValue(value: unknown, text: Say): string {
  if (value === null || value === undefined) return text('explore.blank');
  if (typeof value === 'boolean') return text(value ? 'explore.yes' : 'explore.no');
  if (typeof value === 'object') return Object.values(value).join(' ');
  return String(value);
}
