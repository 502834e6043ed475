// A performance spectrum: every occurrence of a hand-off as a line from its start to its end.
import { type PointerEvent, useMemo, useState } from 'react';
import type { SpectrumAnswer } from '../../api/drawer';
import styles from './Spectrum.module.css';
import {
  CLASS_COUNT,
  inkOf,
  lineAt,
  type PlacedLine,
  pathsOfClass,
  placeSpectrum,
} from './spectrum';

interface SpectrumProps {
  answer: SpectrumAnswer;
  width: number;
  height: number;
  words: {
    summary: string;
    date: (time: number) => string;
    /** Of the line under the pointer. */
    line: (line: PlacedLine) => string;
  };
  /** A line is clicked. */
  onOpen: (id: string) => void;
}

export function Spectrum({ answer, width, height, words, onOpen }: SpectrumProps) {
  const [pointed, setPointed] = useState<PlacedLine | null>(null);
  const placed = useMemo(() => placeSpectrum(answer, width, height), [answer, width, height]);
  const classes = Array.from({ length: CLASS_COUNT }, (_, idx) => idx);
  const { upper, lower, domain } = placed;
  const { layers, ...ink } = inkOf(placed.lines.length, width);
  const at = (event: PointerEvent<SVGSVGElement>) => {
    const box = event.currentTarget.getBoundingClientRect();
    return lineAt(placed, event.clientX - box.left, event.clientY - box.top);
  };
  return (
    <div className={styles.frame}>
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: the table beside it has the same cases */}
      <svg
        className={styles.spectrum}
        width={width}
        height={height}
        role="img"
        aria-label={words.summary}
        onPointerMove={(event) => setPointed(at(event))}
        onPointerLeave={() => setPointed(null)}
        onClick={() => pointed && onOpen(pointed.case)}
        data-pointed={pointed !== null || undefined}
      >
        {placed.bars.map((bar, idx) => (
          <rect
            // biome-ignore lint/suspicious/noArrayIndexKey: bars never change places
            key={idx}
            data-class={bar.class + 1}
            x={bar.x.toFixed(1)}
            y={bar.y.toFixed(1)}
            width={bar.width.toFixed(1)}
            height={bar.height.toFixed(1)}
          />
        ))}
        {classes.map((one) =>
          pathsOfClass(placed, one, layers).map((path) => (
            <path key={path} data-class={one + 1} d={path} {...ink} />
          )),
        )}
        <line className={styles.axis} x1={0} x2={width} y1={upper} y2={upper} />
        <line className={styles.axis} x1={0} x2={width} y1={lower} y2={lower} />
        {pointed && (
          <line className={styles.pointed} x1={pointed.x1} x2={pointed.x2} y1={upper} y2={lower} />
        )}
        <text className={styles.tick} x={0} y={placed.baseline}>
          {words.date(domain[0])}
        </text>
        <text className={styles.tick} x={width} y={placed.baseline} textAnchor="end">
          {words.date(domain[1])}
        </text>
      </svg>
      <p className={styles.said} aria-hidden>
        {pointed ? words.line(pointed) : '\u00a0'}
      </p>
    </div>
  );
}
