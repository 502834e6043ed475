// What the parts of the bars mean.
import { useText } from '../../text/useText';
import styles from './Funnel.module.css';

interface LegendProps {
  hasEnds: boolean;
  /** The period that is compared with. */
  earlier: string | undefined;
  /** The attribute that is summed. */
  value: string | undefined;
}

function partsOf(hasEnds: boolean) {
  return hasEnds ? (['onward', 'open', 'ended'] as const) : (['onward', 'stopped'] as const);
}

export function Legend({ hasEnds, earlier, value }: LegendProps) {
  const text = useText();
  return (
    <>
      <ul className={styles.legend} aria-label={text('funnel.legend')}>
        {partsOf(hasEnds).map((key) => (
          <li key={key}>
            <span className={styles.sign} data-part={key} aria-hidden />
            {text(`funnel.legend.${key}`)}
          </li>
        ))}
        {earlier && (
          <li>
            <span className={styles.sign} data-part="earlier" aria-hidden />
            {text('funnel.legend.earlier', { period: earlier })}
          </li>
        )}
      </ul>
      {value && <p className={styles.hint}>{text('funnel.value.hint', { value })}</p>}
      {!hasEnds && <p className={styles.hint}>{text('funnel.ends.hint')}</p>}
    </>
  );
}
