// How a difference is written: on the map with its sign, elsewhere in words, never by colour alone.
import type { Formats } from '../../format';
import type { Compared } from '../../pictures/process-map/compared';
import type { Say } from '../../text/useText';

const POINTS = 100;
/** Smaller shares of a point are none. */
const POINT_DIGITS = 1;

interface DifferenceWords {
  /** "+12.3 pts", as it stands on the map. */
  signed: (value: number, compared: Compared) => string;
  /** "12.3 points more in A". */
  said: (value: number, compared: Compared) => string;
  /** "1.2 more in A", or in B. */
  counted: (value: number, digits: number) => string;
}

export function differenceWords(text: Say, format: Formats): DifferenceWords {
  const points = (value: number) => format.number(Math.abs(value) * POINTS, POINT_DIGITS);
  const isNone = (value: number, compared: Compared) =>
    compared === 'share'
      ? Math.abs(value) * POINTS < 10 ** -POINT_DIGITS / 2
      : Math.abs(value) < 0.5;
  const rounded = (value: number) => Number((Math.abs(value) * POINTS).toFixed(POINT_DIGITS));
  const size = (value: number, compared: Compared) =>
    compared === 'share' ? points(value) : format.durationShort(Math.abs(value));
  return {
    signed: (value, compared) => {
      if (isNone(value, compared)) return text('compare.none');
      const written = `${value > 0 ? '+' : '\u2212'}${size(value, compared)}`;
      return compared === 'share' ? text('compare.points.short', { points: written }) : written;
    },
    said: (value, compared) => {
      if (isNone(value, compared)) return text(`compare.same.${compared}`);
      const sign = value > 0 ? 'more' : 'less';
      // A number is one or several points; a duration has its unit.
      const written = compared === 'share' ? rounded(value) : size(value, compared);
      return text(`compare.${sign}.${compared}`, { value: written });
    },
    counted: (value, digits) => {
      const written = format.number(Math.abs(value), digits);
      if (written === format.number(0)) return text('compare.same.count');
      return text(value > 0 ? 'compare.more.count' : 'compare.less.count', { value: written });
    },
  };
}
