// What was read otherwise than it stands in the file, by which rule, and where; switches where the
// rules can be chosen.
import { Checkbox } from '@mantine/core';
import type { AutomaticReading, ReadingRule } from '../../../api/types';
import { useFormats } from '../../../format';
import panel from '../../../style/panel.module.css';
import { useText } from '../../../text/useText';
import { rulesShown } from '../import/rules';
import styles from './Automatic.module.css';

const EXAMPLES_SHOWN = 20;

interface AutomaticProps {
  automatic: AutomaticReading[];
  /** Rules that are switched off. */
  off?: ReadingRule[];
  /** Where the rules can be chosen. */
  onRule?: (rule: ReadingRule, isFollowed: boolean) => void;
}

export function Automatic({ automatic, off = [], onRule }: AutomaticProps) {
  const text = useText();
  const shown = rulesShown(automatic, off);
  if (shown.length === 0) return null;
  return (
    <section className={panel.panel}>
      <h2 className={panel.heading}>{text('report.automatic')}</h2>
      <p className={panel.note}>
        {text(onRule ? 'report.automatic.detail' : 'report.automatic.done')}
      </p>
      <ul className={styles.rules}>
        {shown.map(([rule, readings]) => (
          <li key={rule}>
            {onRule ? (
              <Checkbox
                label={text(`report.rule.${rule}`)}
                checked={!off.includes(rule)}
                onChange={(event) => onRule(rule, event.currentTarget.checked)}
              />
            ) : (
              <h3 className={styles.rule}>{text(`report.rule.${rule}`)}</h3>
            )}
            {off.includes(rule) && <p className={styles.off}>{text('report.automatic.off')}</p>}
            {readings.map((reading) => (
              <Reading key={`${reading.column} ${reading.what}`} reading={reading} />
            ))}
          </li>
        ))}
      </ul>
    </section>
  );
}

function Reading({ reading }: { reading: AutomaticReading }) {
  const text = useText();
  const format = useFormats();
  const { what, examples } = reading;
  const shown = examples.slice(0, EXAMPLES_SHOWN);
  const more = examples.length - shown.length;
  return (
    <details className={styles.reading}>
      <summary>{what}</summary>
      <ul className={styles.examples}>
        {shown.map(({ row, value, count }) => (
          <li key={`${row} ${value}`}>
            <span className={styles.row}>
              {row > 0 && text('report.automatic.row', { row: format.number(row) })}
            </span>
            <code>{value}</code>
            {count > 1 && <span className={styles.row}>× {format.number(count)}</span>}
          </li>
        ))}
        {more > 0 && (
          <li className={styles.row}>
            {text('report.automatic.more', { shown: format.number(more) })}
          </li>
        )}
      </ul>
    </details>
  );
}
