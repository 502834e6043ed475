// How many cases of a side began so late that they may still run when the log ends.
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { answerQuery } from '../../api/filters';
import type { Version } from '../../api/types';
import { useFormats } from '../../format';
import { useText } from '../../text/useText';
import { filtersOfSide, isChosen, type Sides } from './sides';

/**
 * What is to be said about it, side by side; undefined until it is known. The sides of two versions
 * end at two times: nothing is said of them.
 */
export function useRecentCases(
  version: Version,
  common: unknown[],
  sides: Sides,
): string[] | undefined {
  const text = useText();
  const format = useFormats();
  const isSaid = isChosen(sides) && sides.against === undefined;
  const whole = useQuery({ ...answerQuery(version.id, [], 'summary'), enabled: isSaid });
  const p90_s = whole.data?.case_duration_s?.p90;
  const last = whole.data?.last_event_at;
  const since = last && p90_s ? new Date(Date.parse(last) - p90_s * 1000).toISOString() : undefined;
  const of = (side: 'a' | 'b') => {
    const late = { kind: 'period', mode: 'starts', from: since, to: null };
    const filters = [...common, ...filtersOfSide(sides, side), late];
    return {
      ...answerQuery(version.id, filters, 'summary'),
      enabled: isSaid && since !== undefined,
      placeholderData: keepPreviousData,
    };
  };
  const [a, b] = [useQuery(of('a')), useQuery(of('b'))];
  const isComing = [whole, a, b].some((query) => query.isLoading);
  if (isSaid && isComing) return undefined;
  if (!isSaid || !p90_s || since === undefined) return [];
  const time = format.duration(p90_s);
  return (['a', 'b'] as const).flatMap((side) => {
    const count = (side === 'a' ? a : b).data?.cases ?? 0;
    return count > 0 ? [text(`compare.note.recent.${side}`, { count, time })] : [];
  });
}
