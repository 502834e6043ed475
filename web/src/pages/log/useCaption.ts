// The caption of what is looked at, on a page that shows it.
import { useEffect, useMemo, useState } from 'react';
import { useFormats } from '../../format';
import { useText } from '../../text/useText';
import { type CaptionOf, captionLines } from './caption';

export function useCaption({ version, scope, filters, more }: CaptionOf): string[] {
  const text = useText();
  const format = useFormats(scope?.timeZone);
  const says = useSays(filters.length > 0);
  return useMemo(() => {
    const of = { version, scope, filters, ...(more ? { more } : {}) };
    return captionLines(of, { text, format, says });
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
