// Among which values the cases of the variants divide, and what the colours mean.
import type { VariantValues } from '../../api/variants';
import { useFormats } from '../../format';
import { useText } from '../../text/useText';
import { hasValue, withFilter } from '../explore/filters';
import styles from './VariantList.module.css';
import { shownValue } from './valueName';

interface ByLegendProps {
  values: VariantValues;
  cases: number;
  filters: unknown[];
  onFilters: (filters: unknown[]) => void;
}

/** Every value with its cases; a click keeps them. */
export function ByLegend({ values, cases, filters, onFilters }: ByLegendProps) {
  const text = useText();
  const format = useFormats();
  const { attribute } = values;
  return (
    <ul className={styles.legend} aria-label={text('variants.by.legend', { attribute })}>
      {values.values.map(({ value, cases: count }, idx) => (
        <li key={JSON.stringify(value)}>
          <button
            type="button"
            className={styles.key}
            title={text('variants.by.keep')}
            onClick={() => onFilters(withFilter(filters, hasValue(attribute, value, 'case')))}
          >
            <i style={{ background: `var(--category-${idx + 1})` }} />
            {text('variants.by.one', {
              name: shownValue(value, text),
              cases: count,
              share: format.percent(cases === 0 ? 0 : count / cases),
            })}
          </button>
        </li>
      ))}
      {values.other_values > 0 && (
        <li className={styles.key}>
          <i style={{ background: 'var(--line-strong)' }} />
          {text('variants.by.others', { values: values.other_values, cases: values.other_cases })}
        </li>
      )}
    </ul>
  );
}
