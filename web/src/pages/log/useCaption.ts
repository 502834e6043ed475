// What was looked at, in words that stand on paper and in pictures: cases, period, version, filters.
import { useEffect, useMemo, useState } from 'react';
import type { ScopeAnswer } from '../../api/analysis';
import type { Version } from '../../api/types';
import { readFilter } from '../../filters/filter';
import { useFormats } from '../../format';
import { useText } from '../../text/useText';

interface CaptionOf {
  version: Version;
  scope: ScopeAnswer | undefined;
  filters: unknown[];
  /** What else belongs into the first line. */
  more?: string[];
}

const NOTHING: string[] = [];

/** One line about the whole, then one for each filter. */
export function useCaption({ version, scope, filters, more = NOTHING }: CaptionOf): string[] {
  const text = useText();
  const format = useFormats(scope?.timeZone);
  const says = useSays(filters.length > 0);
  return useMemo(() => {
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
      return known && says ? says(known, text, format) : JSON.stringify(filter);
    });
    return [what.join(' · '), ...chosen];
  }, [text, format, version, scope, filters, says, more]);
}

type Says = typeof import('../../filters/says')['says'];

/** What puts a filter into words, loaded when there is a filter. */
function useSays(isNeeded: boolean): Says | null {
  const [says, setSays] = useState<Says | null>(null);
  useEffect(() => {
    if (!isNeeded) return;
    let isWanted = true;
    void import('../../filters/says').then((loaded) => {
      if (isWanted) setSays(() => loaded.says);
    });
    return () => {
      isWanted = false;
    };
  }, [isNeeded]);
  return says;
}
