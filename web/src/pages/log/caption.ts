// What was looked at, in words that stand on paper and in pictures: cases, period, version, filters.
import type { ScopeAnswer } from '../../api/analysis';
import type { Version } from '../../api/types';
import { readFilter } from '../../filters/filter';
import type { says } from '../../filters/says';
import type { Formats } from '../../format';
import type { Say } from '../../text/useText';

export interface CaptionOf {
  version: Version;
  scope: ScopeAnswer | undefined;
  filters: unknown[];
  /** What else belongs into the first line. */
  more?: string[];
}

interface Words {
  text: Say;
  format: Formats;
  /** Puts a filter into words; missing while it is on its way. */
  says: typeof says | null;
}

/** One line about the whole, then one for each filter. */
export function captionLines(
  { version, scope, filters, more = [] }: CaptionOf,
  { text, format, says: say }: Words,
): string[] {
  const { first_event_at: first, last_event_at: last } = version;
  const cases = { cases: scope?.size.cases ?? 0, total: scope?.total.cases ?? 0 };
  const what = [
    text(filters.length > 0 ? 'map.caption.some' : 'map.caption.all', cases),
    ...(first && last ? [format.period(first, last)] : []),
    text('shell.log.version', { number: String(version.number) }),
    ...more,
  ];
  const chosen = filters.map((filter) => {
    const known = readFilter(filter);
    return known && say ? say(known, text, format) : JSON.stringify(filter);
  });
  return [what.join(' · '), ...chosen];
}
