// The middle half of some durations, their median and the longest tenth, on a scale shared by rows.
import type { DurationFigures } from '../../api/throughput';
import styles from './chart.module.css';

interface SpreadStripProps {
  figures: DurationFigures;
  /** The end of the scale, in seconds. */
  max: number;
  label: string;
}

export function SpreadStrip({ figures, max, label }: SpreadStripProps) {
  const at = (seconds: number) => `${max > 0 ? Math.min(100, (seconds / max) * 100) : 0}%`;
  const between = (from: number, to: number) => ({
    left: at(from),
    width: `${max > 0 ? Math.max(0, ((to - from) / max) * 100) : 0}%`,
  });
  return (
    <div className={styles.strip} role="img" aria-label={label}>
      <i className={styles.stripTrack} />
      <i className={styles.stripLong} style={between(figures.p75, figures.p90)} />
      <i className={styles.stripBox} style={between(figures.p25, figures.p75)} />
      <i className={styles.stripMedian} style={{ left: at(figures.median) }} />
    </div>
  );
}
