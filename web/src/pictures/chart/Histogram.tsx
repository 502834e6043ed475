// How durations are distributed: bars, with a range that can be drawn by mouse and by keyboard.
import { type KeyboardEvent, type PointerEvent, useRef, useState } from 'react';
import type { DurationBin } from '../../api/throughput';
import styles from './chart.module.css';
import { barPath, type Range, rangeBetween, scale, steppedEdge } from './range';
import { countTicks, durationTicks, type TimeUnit } from './ticks';

interface Mark {
  at: number;
  label: string;
}

interface HistogramProps {
  bins: DurationBin[];
  width: number;
  height?: number;
  /** Lines at chosen durations, such as the median. */
  marks: Mark[];
  range: Range | null;
  onRange: (range: Range | null) => void;
  /** The bin under the pointer. */
  onPoint: (bin: DurationBin | null) => void;
  words: {
    summary: string;
    /** Names of the two ends of the range. */
    from: string;
    to: string;
    duration: (seconds: number) => string;
    tick: (seconds: number, unit: TimeUnit) => string;
    count: (value: number) => string;
  };
}

const HEIGHT_USUAL = 240;
const TOP = 40;
/** Of labels of marks, above the bars. */
const ROW_HEIGHT = 16;
const BOTTOM = 28;
const LEFT = 46;
const RIGHT = 14;
const TICK_ROOM = 92;
const HANDLE = 9;

export function Histogram(props: HistogramProps) {
  const { bins, width, height = HEIGHT_USUAL, marks, range, onRange, onPoint, words } = props;
  const svg = useRef<SVGSVGElement>(null);
  const [drawn, setDrawn] = useState<Range | null>(null);
  const start = useRef<number | null>(null);
  const first = bins[0]?.from_s ?? 0;
  const last = bins[bins.length - 1]?.to_s ?? 1;
  const most = Math.max(1, ...bins.map((bin) => bin.cases));
  const counts = countTicks(most, 4);
  const x = scale([first, last], [LEFT, Math.max(LEFT + 1, width - RIGHT)]);
  const labels = placed(marks, x, width);
  const top = labels.some(({ row }) => row === 2) ? TOP + ROW_HEIGHT : TOP;
  const y = scale([0, counts[counts.length - 1] ?? most], [height - BOTTOM, top]);
  const axis = durationTicks(last, Math.max(2, Math.floor((width - LEFT) / TICK_ROOM)));
  const edges = [...bins.map((bin) => bin.from_s), last];
  const shown = drawn ?? range;
  const isIn = (bin: DurationBin) => !shown || (shown.from <= bin.from_s && bin.to_s <= shown.to);

  const timeAt = (event: PointerEvent) => {
    const box = svg.current?.getBoundingClientRect();
    const at = (event.clientX - (box?.left ?? 0)) * (width / (box?.width || width));
    return first + ((at - LEFT) / (width - RIGHT - LEFT)) * (last - first);
  };
  const binAt = (seconds: number) =>
    bins.find((bin) => bin.from_s <= seconds && seconds < bin.to_s) ?? null;
  const down = (event: PointerEvent<SVGRectElement>) => {
    if (event.button !== 0) return;
    event.currentTarget.setPointerCapture?.(event.pointerId);
    start.current = timeAt(event);
  };
  const move = (event: PointerEvent<SVGRectElement>) => {
    const here = timeAt(event);
    onPoint(binAt(here));
    if (start.current !== null) setDrawn(rangeBetween(edges, start.current, here));
  };
  const up = (event: PointerEvent<SVGRectElement>) => {
    if (start.current === null) return;
    onRange(rangeBetween(edges, start.current, timeAt(event)));
    start.current = null;
    setDrawn(null);
  };
  const cancel = () => {
    start.current = null;
    setDrawn(null);
  };

  const ends = shown ?? { from: first, to: last };
  const moveEnd = (end: 'from' | 'to', event: KeyboardEvent) => {
    const next = steppedEdge(edges, ends, end, event.key);
    if (next === null) return;
    event.preventDefault();
    const changed = { ...ends, [end]: next };
    onRange(changed.from === first && changed.to === last ? null : changed);
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: a drawing cannot be a fieldset
    <svg
      ref={svg}
      className={styles.chart}
      width={width}
      height={height}
      role="group"
      aria-label={words.summary}
    >
      <g aria-hidden>
        {counts.map((tick) => (
          <g key={tick}>
            <line className={styles.grid} x1={LEFT} x2={width - RIGHT} y1={y(tick)} y2={y(tick)} />
            <text className={styles.tick} x={LEFT - 8} y={y(tick) + 4} textAnchor="end">
              {words.count(tick)}
            </text>
          </g>
        ))}
        {bins.map((bin) => (
          <path
            key={bin.from_s}
            className={isIn(bin) ? styles.bar : styles.barOut}
            d={barPath(x(bin.from_s) + 0.75, x(bin.to_s) - 0.75, y(bin.cases), y(0))}
          />
        ))}
        {axis.ticks
          .filter((tick) => tick >= first)
          .map((tick) => (
            <text
              key={tick}
              className={styles.tick}
              x={x(tick)}
              y={height - 9}
              textAnchor={x(tick) > width - 30 ? 'end' : 'middle'}
            >
              {words.tick(tick, axis.unit)}
            </text>
          ))}
        {labels.map(({ at, label, row, anchor, below }) => (
          <g key={label}>
            <line className={styles.mark} x1={x(at)} x2={x(at)} y1={lineTop(below)} y2={y(0)} />
            <text
              className={styles.markLabel}
              x={x(at) + (anchor === 'start' ? 5 : -5)}
              y={lineTop(row) - 3}
              textAnchor={anchor}
            >
              {label}
            </text>
          </g>
        ))}
      </g>
      {shown && (
        <rect
          className={styles.range}
          x={x(shown.from)}
          y={top}
          width={Math.max(0, x(shown.to) - x(shown.from))}
          height={height - BOTTOM - top}
          aria-hidden
        />
      )}
      <rect
        className={styles.field}
        x={LEFT}
        y={top}
        width={Math.max(0, width - RIGHT - LEFT)}
        height={height - BOTTOM - top}
        onPointerDown={down}
        onPointerMove={move}
        onPointerUp={up}
        onPointerCancel={cancel}
        onPointerLeave={() => onPoint(null)}
        aria-hidden
      />
      {(['from', 'to'] as const).map((end) => (
        <g
          key={end}
          role="slider"
          tabIndex={0}
          aria-label={words[end]}
          aria-valuemin={first}
          aria-valuemax={last}
          aria-valuenow={ends[end]}
          aria-valuetext={words.duration(ends[end])}
          aria-orientation="horizontal"
          className={styles.handle}
          data-help=""
          onKeyDown={(event) => moveEnd(end, event)}
        >
          <rect x={x(ends[end]) - 12} y={height - BOTTOM - 12} width={24} height={24} opacity={0} />
          <circle cx={x(ends[end])} cy={y(0)} r={HANDLE / 2} />
        </g>
      ))}
    </svg>
  );
}

const WIDE = /[\u2e80-\uffef]/u;

/** About as wide as a label is drawn. */
function widthOf(label: string): number {
  return [...label].reduce((sum, sign) => sum + (WIDE.test(sign) ? 12.5 : 7), 8);
}

/** Where the line of a mark begins, below a row of labels. */
function lineTop(row: number): number {
  return ROW_HEIGHT * (row + 1);
}

/**
 * Labels of marks that would touch go below each other, or to the other side of their line; a line
 * begins below the labels that it would cross.
 */
export function placed(marks: Mark[], x: (at: number) => number, width: number) {
  const taken: { row: number; left: number; right: number }[] = [];
  const labels = marks.map((mark, idx) => {
    const usual = x(mark.at) > width * 0.6 ? ('end' as const) : ('start' as const);
    const other = usual === 'end' ? ('start' as const) : ('end' as const);
    const placesIn = (rows: number[]) =>
      [usual, other].flatMap((anchor) =>
        rows.map((row) => {
          const [at, long] = [x(mark.at), widthOf(mark.label)];
          const left = anchor === 'start' ? at : at - long;
          return { row, anchor, left, right: left + long };
        }),
      );
    const isFree = ({ row, left, right }: (typeof taken)[number]) =>
      0 <= left &&
      right <= width &&
      taken.every((one) => one.row !== row || one.right <= left || right <= one.left);
    const places = [...placesIn([idx % 2, 1 - (idx % 2)]), ...placesIn([2])];
    const place = places.find(isFree) ?? places[0] ?? { row: 0, anchor: usual, left: 0, right: 0 };
    taken.push(place);
    return { ...mark, ...place };
  });
  return labels.map(({ left: _, right: __, ...label }) => {
    const crossed = taken
      .filter(({ left, right }) => left < x(label.at) && x(label.at) < right)
      .map(({ row }) => row);
    return { ...label, below: Math.max(label.row, ...crossed) };
  });
}
