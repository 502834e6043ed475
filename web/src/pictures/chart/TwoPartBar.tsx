// Two parts of a count beside each other; the second is striped, so that colour is not all.
import styles from './chart.module.css';

interface TwoPartBarProps {
  one: number;
  two: number;
  /** The count that fills the whole width. */
  most: number;
  label: string;
}

export function TwoPartBar({ one, two, most, label }: TwoPartBarProps) {
  const share = (value: number) => `${most > 0 ? (value / most) * 100 : 0}%`;
  return (
    <div className={styles.parts} role="img" aria-label={label} title={label}>
      {one > 0 && <i className={styles.partOne} style={{ width: share(one) }} />}
      {two > 0 && <i className={styles.partTwo} style={{ width: share(two) }} />}
    </div>
  );
}
