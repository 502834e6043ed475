// Bars side by side, one for each period.
import styles from './chart.module.css';
import { barPath, scale } from './range';
import { countTicks, everyNth } from './ticks';

interface BarsProps {
  bars: { key: string; name: string; value: number }[];
  width: number;
  /** What the picture says, for those who do not see it. */
  label: string;
  count: (value: number) => string;
}

const HEIGHT = 190;
const TOP = 10;
const BOTTOM = 26;
const LEFT = 46;
const RIGHT = 10;
const LABEL_ROOM = 84;
const BAR_MAX = 44;

export function Bars({ bars, width, label, count }: BarsProps) {
  const ticks = countTicks(Math.max(1, ...bars.map((bar) => bar.value)), 4);
  const y = scale([0, ticks[ticks.length - 1] ?? 1], [HEIGHT - BOTTOM, TOP]);
  const x = scale([-0.5, bars.length - 0.5], [LEFT, Math.max(LEFT + 1, width - RIGHT)]);
  const half = Math.min(BAR_MAX, (x(1) - x(0)) * 0.78) / 2;
  const every = everyNth(bars.length, width - LEFT - RIGHT, LABEL_ROOM);
  return (
    <svg className={styles.chart} width={width} height={HEIGHT} role="img" aria-label={label}>
      {ticks.map((tick) => (
        <g key={tick}>
          <line className={styles.grid} x1={LEFT} x2={width - RIGHT} y1={y(tick)} y2={y(tick)} />
          <text className={styles.tick} x={LEFT - 8} y={y(tick) + 4} textAnchor="end">
            {count(tick)}
          </text>
        </g>
      ))}
      {bars.map((bar, idx) => (
        <g key={bar.key}>
          <path
            className={styles.bar}
            d={barPath(x(idx) - half, x(idx) + half, y(bar.value), y(0))}
          >
            <title>{`${bar.name}: ${count(bar.value)}`}</title>
          </path>
          {idx % every === 0 && (
            <text
              className={styles.tick}
              x={x(idx)}
              y={HEIGHT - 8}
              textAnchor={x(idx) > width - LABEL_ROOM / 2 ? 'end' : 'middle'}
            >
              {bar.name}
            </text>
          )}
        </g>
      ))}
    </svg>
  );
}
