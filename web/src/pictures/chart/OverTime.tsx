// What happened from period to period: arrivals and completions, open cases, and how long they took.
import { type KeyboardEvent, type PointerEvent, useRef } from 'react';
import type { PeriodFigures } from '../../api/throughput';
import styles from './chart.module.css';
import { linePath, type Scale, scale } from './range';
import { countTicks, durationTicks, everyNth, type TimeUnit } from './ticks';

/** With fewer cases a median says little: its dot is hollow. */
export const FEW_CASES = 30;

interface OverTimeProps {
  periods: PeriodFigures[];
  width: number;
  /** The place of the chosen period. */
  here: number | null;
  onHere: (idx: number) => void;
  words: {
    name: string;
    /** What is known of the chosen period, to be read aloud. */
    said: string;
    arrivals: string;
    completions: string;
    open: string;
    median: string;
    period: (date: string) => string;
    tick: (seconds: number, unit: TimeUnit) => string;
    count: (value: number) => string;
  };
}

const LEFT = 62;
const RIGHT = 14;
const HEIGHT = 104;
const PAD = 8;
const AXIS_HEIGHT = 24;
const LABEL_ROOM = 84;
/** Above so many periods dots would touch. */
const DOTS_MAX = 80;

export function OverTime({ periods, width, here, onHere, words }: OverTimeProps) {
  const frame = useRef<HTMLDivElement>(null);
  const last = periods.length - 1;
  const x = scale([-0.5, last + 0.5], [LEFT, Math.max(LEFT + 1, width - RIGHT)]);
  const point = ({ clientX }: PointerEvent) => {
    const box = frame.current?.getBoundingClientRect();
    const at = clientX - (box?.left ?? 0);
    const idx = Math.round(((at - LEFT) / (width - RIGHT - LEFT)) * periods.length - 0.5);
    onHere(Math.min(last, Math.max(0, idx)));
  };
  const walk = (event: KeyboardEvent) => {
    const next = nextPlace(event.key, here ?? last, last);
    if (next === null) return;
    event.preventDefault();
    onHere(next);
  };
  const flow = [...periods.map((one) => one.arrivals), ...periods.map((one) => one.completions)];
  const medians = periods.map((one) => one.median_duration_s ?? null);
  const time = durationTicks(Math.max(1, ...medians.map((one) => one ?? 0)), 3);
  const every = everyNth(periods.length, width - LEFT - RIGHT, LABEL_ROOM);
  return (
    <div
      ref={frame}
      className={styles.timeline}
      role="slider"
      tabIndex={0}
      aria-label={words.name}
      aria-valuemin={1}
      aria-valuemax={periods.length}
      aria-valuenow={(here ?? last) + 1}
      aria-valuetext={words.said}
      onKeyDown={walk}
      onPointerDown={point}
      onPointerMove={(event) => event.buttons > 0 && point(event)}
    >
      <p className={styles.panelTitle}>
        <Key line={styles.lineOne}>{words.arrivals}</Key>
        <Key line={styles.lineTwo}>{words.completions}</Key>
      </p>
      <Panel
        {...{ width, x, here }}
        ticks={countTicks(Math.max(1, ...flow), 3)}
        label={words.count}
      >
        {(y) => (
          <>
            <Line line={styles.lineOne} values={periods.map((one) => one.arrivals)} {...{ x, y }} />
            <Line
              line={styles.lineTwo}
              values={periods.map((one) => one.completions)}
              {...{ x, y }}
            />
          </>
        )}
      </Panel>
      <p className={styles.panelTitle}>
        <Key line={styles.lineThree}>{words.open}</Key>
      </p>
      <Panel
        {...{ width, x, here }}
        ticks={countTicks(Math.max(1, ...periods.map((one) => one.open_at_end)), 3)}
        label={words.count}
      >
        {(y) => (
          <>
            <path
              className={styles.area}
              d={`M${x(0)},${y(0)}L${periods
                .map((one, idx) => `${x(idx)},${y(one.open_at_end)}`)
                .join('L')}L${x(last)},${y(0)}Z`}
            />
            <Line
              line={styles.lineThree}
              values={periods.map((one) => one.open_at_end)}
              {...{ x, y }}
            />
          </>
        )}
      </Panel>
      <p className={styles.panelTitle}>
        <Key line={styles.lineFour}>{words.median}</Key>
      </p>
      <Panel
        {...{ width, x, here }}
        ticks={time.ticks}
        top={Math.max(1, ...medians.map((one) => one ?? 0))}
        label={(tick) => words.tick(tick, time.unit)}
        isLast
      >
        {(y) => (
          <>
            <Line line={styles.lineFour} values={medians} {...{ x, y }} />
            {(periods.length <= DOTS_MAX ? periods : []).map(
              (one, idx) =>
                typeof one.median_duration_s === 'number' && (
                  <circle
                    key={one.date}
                    className={one.completions < FEW_CASES ? styles.dotFew : styles.dot}
                    cx={x(idx)}
                    cy={y(one.median_duration_s)}
                    r={3}
                  />
                ),
            )}
            {periods.map(
              (one, idx) =>
                idx % every === 0 && (
                  <text
                    key={one.date}
                    className={styles.tick}
                    x={x(idx)}
                    y={HEIGHT + AXIS_HEIGHT - 8}
                    textAnchor={anchorAt(x(idx), width)}
                  >
                    {words.period(one.date)}
                  </text>
                ),
            )}
          </>
        )}
      </Panel>
    </div>
  );
}

function anchorAt(x: number, width: number): 'end' | 'middle' {
  return x > width - LABEL_ROOM / 2 ? 'end' : 'middle';
}

interface PanelProps {
  width: number;
  x: Scale;
  here: number | null;
  ticks: number[];
  /** The largest value, where it is above the last tick. */
  top?: number;
  label: (tick: number) => string;
  isLast?: boolean;
  children: (y: Scale) => React.ReactNode;
}

function Panel({ width, x, here, ticks, top = 0, label, isLast, children }: PanelProps) {
  const most = Math.max(top, ticks[ticks.length - 1] ?? 1);
  const y = scale([0, most], [HEIGHT - PAD, PAD]);
  return (
    <svg
      className={styles.chart}
      width={width}
      height={HEIGHT + (isLast ? AXIS_HEIGHT : 0)}
      aria-hidden
    >
      {ticks.map((tick) => (
        <g key={tick}>
          <line className={styles.grid} x1={LEFT} x2={width - RIGHT} y1={y(tick)} y2={y(tick)} />
          <text className={styles.tick} x={LEFT - 8} y={y(tick) + 4} textAnchor="end">
            {label(tick)}
          </text>
        </g>
      ))}
      {here !== null && (
        <line className={styles.here} x1={x(here)} x2={x(here)} y1={0} y2={HEIGHT} />
      )}
      {children(y)}
    </svg>
  );
}

interface LineProps {
  line: string | undefined;
  values: (number | null)[];
  x: Scale;
  y: Scale;
}

function Line({ line, values, x, y }: LineProps) {
  const points = values.map((value, idx): [number, number] | null =>
    value === null ? null : [x(idx), y(value)],
  );
  return <path className={line} d={linePath(points)} />;
}

function Key({ line, children }: { line: string | undefined; children: string }) {
  return (
    <span className={styles.key}>
      <svg width={22} height={8} aria-hidden>
        <line className={line} x1={1} x2={21} y1={4} y2={4} />
      </svg>
      {children}
    </span>
  );
}

function nextPlace(key: string, here: number, last: number): number | null {
  switch (key) {
    case 'ArrowLeft':
      return Math.max(0, here - 1);
    case 'ArrowRight':
      return Math.min(last, here + 1);
    case 'Home':
      return 0;
    case 'End':
      return last;
    default:
      return null;
  }
}
