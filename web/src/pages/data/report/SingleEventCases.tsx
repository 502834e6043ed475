// Cases with one event only: how many, what share of all, and which.
import { Alert } from '@mantine/core';
import { Info } from 'lucide-react';
import type { SingleEventCases as Single } from '../../../api/types';
import { useFormats } from '../../../format';
import { useText } from '../../../text/useText';

export function SingleEventCases({ single }: { single: Single | null | undefined }) {
  const text = useText();
  const format = useFormats();
  if (!single) return null;
  const { count, share, examples } = single;
  const more = count - examples.length;
  return (
    <Alert
      color="blue"
      icon={<Info size={18} aria-hidden />}
      title={text('import.single', {
        count,
        shown: format.number(count),
        share: format.percent(share),
      })}
    >
      {text('import.single.examples', {
        more,
        moreShown: format.number(more),
        examples: examples.join(' · '),
      })}
    </Alert>
  );
}
