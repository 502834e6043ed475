// A few months as small bars: how it goes, not how much.
import styles from './Sparkline.module.css';

interface SparklineProps {
  values: number[];
  label: string;
  width?: number;
  height?: number;
}

export function Sparkline({ values, label, width = 132, height = 26 }: SparklineProps) {
  const most = Math.max(1, ...values);
  const room = width / Math.max(1, values.length);
  return (
    <svg className={styles.spark} width={width} height={height} role="img" aria-label={label}>
      {values.map((value, idx) => {
        // What is not nothing is seen.
        const tall = value === 0 ? 1 : Math.max(2, (value / most) * height);
        return (
          <rect
            // biome-ignore lint/suspicious/noArrayIndexKey: months stand in their order
            key={idx}
            data-empty={value === 0 || undefined}
            x={idx * room + 0.5}
            y={height - tall}
            width={Math.max(1, room - 2)}
            height={tall}
          />
        );
      })}
    </svg>
  );
}
