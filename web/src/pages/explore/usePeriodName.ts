// How a period of the calendar is named in each language.
import { useCallback } from 'react';
import type { Granularity } from '../../api/throughput';
import { useFormats } from '../../format';
import { useText } from '../../text/useText';

/** Names a period by its first day, which is one of the calendar and of no zone. */
export function usePeriodName(length: Granularity): (date: string) => string {
  const text = useText();
  const format = useFormats('UTC');
  return useCallback(
    (date) => {
      const [year = '', month = '1'] = date.split('-');
      switch (length) {
        case 'month':
          return format.month(date);
        case 'quarter':
          return text('throughput.quarter', { quarter: Math.ceil(Number(month) / 3), year });
        case 'year':
          return text('throughput.year', { year });
        case 'week':
        case 'day':
          return format.date(date);
      }
    },
    [length, text, format],
  );
}
