// How many cases follow a variant, as a bar; parted by the values of an attribute where chosen.
import type { VariantRow, VariantValues } from '../../api/variants';
import { useFormats } from '../../format';
import { useText } from '../../text/useText';
import styles from './VariantList.module.css';
import { shownValue } from './valueName';

interface CasesBarProps {
  row: VariantRow;
  values: VariantValues | null;
  /** Cases of the most frequent variant: its bar is as long as can be. */
  mostCases: number;
}

export function CasesBar({ row, values, mostCases }: CasesBarProps) {
  const text = useText();
  const format = useFormats();
  const length = mostCases === 0 ? 0 : (row.cases / mostCases) * 100;
  if (!values || !row.by) {
    return (
      <span className={styles.bar} aria-hidden>
        {row.cases > 0 && <i style={{ width: `${length}%` }} />}
      </span>
    );
  }
  const named = values.values.map(({ value }, idx) => ({
    name: shownValue(value, text),
    cases: row.by?.[idx] ?? 0,
    colour: `var(--category-${idx + 1})`,
  }));
  const others = row.cases - named.reduce((sum, one) => sum + one.cases, 0);
  const all =
    others > 0
      ? [...named, { name: text('variants.by.other'), cases: others, colour: 'var(--line-strong)' }]
      : named;
  const seen = all.filter((one) => one.cases > 0);
  const words = seen.map(({ name, cases }) =>
    text('variants.by.one', { name, cases, share: format.percent(cases / row.cases) }),
  );
  return (
    <span className={styles.parted} title={words.join('\n')}>
      <span className="only-read-aloud">{words.join('; ')}</span>
      {/* A rare variant is parted as visibly as a frequent one. */}
      <span className={styles.bar} aria-hidden>
        {seen.map(({ name, cases, colour }) => (
          <i key={name} style={{ width: `${(cases / row.cases) * 100}%`, background: colour }} />
        ))}
      </span>
    </span>
  );
}
