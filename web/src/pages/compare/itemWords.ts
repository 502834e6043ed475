// What is said of an activity or a path: both sides and the difference, in one line.
import type { ComparedActivity, ComparedPath } from '../../api/comparison';
import type { Formats } from '../../format';
import {
  type Compared,
  differenceOf,
  hasOwnTime,
  isFew,
} from '../../pictures/process-map/compared';
import type { Say } from '../../text/useText';
import { differenceWords } from './words';

type Item = ComparedActivity | ComparedPath;

/** The median of a side: the time of its own, or the time to what follows. */
export function medianOf(one: Item, side: 'a' | 'b'): number | null {
  const times = hasOwnTime(one) ? one[side].duration_s : one[side].wait_s;
  return times?.median ?? null;
}

export function itemWords(text: Say, format: Formats) {
  const { said } = differenceWords(text, format);
  /** `shown` is what stands beside the name. */
  return (name: string, shown: string, one: Item, compared: Compared): string => {
    const value = (side: 'a' | 'b') => {
      if (compared === 'share') return format.percent(one[side].share ?? 0);
      const median = medianOf(one, side);
      return median === null ? text('compare.absent') : format.durationShort(median);
    };
    const difference = differenceOf(one, compared);
    return text('compare.item', {
      name,
      shown,
      a: value('a'),
      b: value('b'),
      difference: difference === null ? text('compare.absent') : said(difference, compared),
      few: isFew(one, compared) ? 'yes' : 'no',
    });
  };
}
