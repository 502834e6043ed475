// A small chart without axes: a bar for each count, the tallest as high as the picture.
import styles from './chart.module.css';

interface SparklineProps {
  values: number[];
  /** What the picture says, for those who do not see it. */
  label: string;
  height?: number;
}

const WIDTH = 240;
const GAP_SHARE = 0.15;
const LEAST = 1.5;

export function Sparkline({ values, label, height = 40 }: SparklineProps) {
  const most = Math.max(1, ...values);
  const step = WIDTH / Math.max(1, values.length);
  return (
    <svg
      className={styles.sparkline}
      viewBox={`0 0 ${WIDTH} ${height}`}
      preserveAspectRatio="none"
      height={height}
      role="img"
      aria-label={label}
    >
      {values.map((value, idx) => {
        const tall = value === 0 ? 0 : Math.max(LEAST, (value / most) * height);
        return (
          <rect
            // biome-ignore lint/suspicious/noArrayIndexKey: a place on the axis is all a bar has
            key={idx}
            className={styles.bar}
            x={idx * step}
            y={height - tall}
            width={step * (1 - GAP_SHARE)}
            height={tall}
          />
        );
      })}
    </svg>
  );
}
