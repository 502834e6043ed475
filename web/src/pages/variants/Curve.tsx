// The cumulative curve with its sentence: how few variants hold how many of the cases.
import { useMemo } from 'react';
import { useFormats } from '../../format';
import { CumulativeCurve, type Range } from '../../pictures/variants/CumulativeCurve';
import { rankReaching, sharesOf } from '../../pictures/variants/curve';
import { useText } from '../../text/useText';
import type { Chosen } from './selection';
import type { Variants } from './useVariants';
import styles from './VariantList.module.css';

const MOST_CASES = 0.8;
/** The curve of one variant is a line. */
const CURVE_FROM = 3;

interface CurveProps {
  variants: Variants;
  chosen: Chosen;
  onRange: (range: Range | null) => void;
}

export function Curve({ variants, chosen, onRange }: CurveProps) {
  const text = useText();
  const format = useFormats();
  const { sizes, total, cases } = variants;
  const shares = useMemo(() => sharesOf(sizes, cases), [sizes, cases]);
  if (total < CURVE_FROM) return null;
  const count = rankReaching(shares, MOST_CASES);
  const share = format.percent(MOST_CASES, 0);
  const sentence = text('variants.curve.sentence', { count, total, share });
  return (
    <section className={styles.curve} aria-label={text('variants.curve')}>
      <p className={styles.sentence}>
        {sentence}{' '}
        <span className={`${styles.hint} not-printed`}>{text('variants.curve.hint')}</span>
      </p>
      <CumulativeCurve
        shares={shares}
        range={chosen.kind === 'range' ? [chosen.from, chosen.to] : null}
        onRange={onRange}
        words={{
          picture: sentence,
          first: text('variants.curve.first'),
          last: text('variants.curve.last'),
          valueText: (rank) =>
            text('variants.curve.value', {
              rank,
              share: format.percent(shares[rank - 1] ?? 1),
            }),
          rank: (rank) => (rank < 10_000 ? format.number(rank, 0) : format.compact(rank)),
          share: (part) => format.percent(part, 0),
        }}
      />
    </section>
  );
}
