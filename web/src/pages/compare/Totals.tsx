// The figures of both sides as a whole, beside each other, with their differences in words.
import type { ComparisonAnswer } from '../../api/comparison';
import { useFormats } from '../../format';
import { useText } from '../../text/useText';
import styles from './Compare.module.css';
import { SideCases } from './SideCases';
import { SideMark } from './SideMark';
import type { Sides } from './sides';
import { differenceWords } from './words';

const PER_CASE_DIGITS = 2;

interface TotalsProps {
  comparison: ComparisonAnswer;
  sides: Sides;
}

export function Totals({ comparison, sides }: TotalsProps) {
  const text = useText();
  const figures = useTotals(comparison);
  return (
    <section
      className={styles.totals}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls can be reached by keyboard
      tabIndex={0}
      aria-label={text('compare.totals')}
    >
      <table className={styles.table} aria-label={text('compare.totals')}>
        <thead>
          <tr>
            <td />
            {figures.map(({ key, name }) => (
              <th key={key} scope="col">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {(['a', 'b'] as const).map((side) => (
            <tr key={side}>
              <th scope="row">
                <SideMark side={side} />
                {comparison[side].few && <span className={styles.few}>{text('compare.few')}</span>}
              </th>
              {figures.map((figure) => (
                <td key={figure.key}>
                  {figure.key === 'cases' ? (
                    <SideCases {...{ sides, side }}>{figure[side]}</SideCases>
                  ) : (
                    figure[side]
                  )}
                </td>
              ))}
            </tr>
          ))}
          <tr className={styles.said}>
            <th scope="row">{text('compare.difference')}</th>
            {figures.map(({ key, difference }) => (
              <td key={key}>{difference}</td>
            ))}
          </tr>
        </tbody>
      </table>
    </section>
  );
}

interface Total {
  key: string;
  name: string;
  a: string;
  b: string;
  difference: string;
}

function useTotals(comparison: ComparisonAnswer): Total[] {
  const text = useText();
  const format = useFormats();
  const { counted, said } = differenceWords(text, format);
  const { a, b, difference } = comparison;
  const absent = text('compare.absent');
  const counts = (['cases', 'events', 'activities', 'variants'] as const).map((key) => ({
    key,
    name: text(`compare.total.${key}`),
    a: format.number(a[key], 0),
    b: format.number(b[key], 0),
    difference: counted(difference[key], 0),
  }));
  const perCase = (value: number | null | undefined) =>
    value === null || value === undefined ? absent : format.number(value, PER_CASE_DIGITS);
  const duration = (value: number | undefined) =>
    value === undefined ? absent : format.durationShort(value);
  const times = (['median', 'p90', 'mean'] as const).map((key) => ({
    key,
    name: text(`compare.total.${key}`),
    a: duration(a.case_duration_s?.[key]),
    b: duration(b.case_duration_s?.[key]),
    difference: difference.case_duration_s ? said(difference.case_duration_s[key], 'time') : absent,
  }));
  const each: Total = {
    key: 'each',
    name: text('compare.total.each'),
    a: perCase(a.events_per_case),
    b: perCase(b.events_per_case),
    difference:
      difference.events_per_case === null || difference.events_per_case === undefined
        ? absent
        : counted(difference.events_per_case, PER_CASE_DIGITS),
  };
  return [...counts.slice(0, 1), ...times, each, ...counts.slice(1)];
}
