// A small histogram with a range that can be drawn, dragged and moved by keys: for choosing bounds.
import { type KeyboardEvent, type PointerEvent, useRef, useState } from 'react';
import styles from './Brush.module.css';
import { type Bin, type Bounds, drawnBounds, edgesOf, movedBound, type Which } from './bounds';

interface BrushProps {
  bins: Bin[];
  bounds: Bounds;
  onBounds: (bounds: Bounds) => void;
  words: {
    summary: string;
    from: string;
    to: string;
    value: (value: number) => string;
    bin: (bin: Bin) => string;
  };
}

/** A pointer so near to a handle takes it. */
const HANDLE_REACH_PX = 12;

export function Brush({ bins, bounds, onBounds, words }: BrushProps) {
  const field = useRef<HTMLDivElement>(null);
  const held = useRef<{ start: number; handle: Which | undefined }>(undefined);
  const [drawn, setDrawn] = useState<Bounds>();
  const edges = edgesOf(bins);
  const [first = 0, last = 1] = [edges[0], edges.at(-1)];
  const most = Math.max(1, ...bins.map(({ count }) => count));
  const shown = drawn ?? bounds;
  const ends = {
    from: clamped(shown.from, first, last, first),
    to: clamped(shown.to, first, last, last),
  };
  const share = (value: number) => (100 * (value - first)) / (last - first || 1);

  const valueAt = (event: PointerEvent) => {
    const box = field.current?.getBoundingClientRect();
    return first + ((event.clientX - (box?.left ?? 0)) / (box?.width || 1)) * (last - first);
  };
  const down = (event: PointerEvent) => {
    if (event.button !== 0) return;
    event.preventDefault();
    field.current?.setPointerCapture?.(event.pointerId);
    const reach = (HANDLE_REACH_PX / (field.current?.clientWidth || 1)) * (last - first);
    const start = valueAt(event);
    const [toFrom, toTo] = [Math.abs(start - ends.from), Math.abs(start - ends.to)];
    const handle = toFrom <= toTo ? 'from' : 'to';
    held.current = { start, handle: Math.min(toFrom, toTo) <= reach ? handle : undefined };
  };
  const boundsAt = (event: PointerEvent): Bounds => {
    const { start, handle } = held.current ?? { start: first, handle: undefined };
    const other = handle === 'from' ? ends.to : handle === 'to' ? ends.from : start;
    return drawnBounds(edges, other, valueAt(event));
  };
  const up = (event: PointerEvent) => {
    if (!held.current) return;
    const next = boundsAt(event);
    held.current = undefined;
    setDrawn(undefined);
    onBounds(next);
  };
  const key = (which: Which, event: KeyboardEvent) => {
    const next = movedBound(edges, ends, which, event.key);
    if (!next) return;
    event.preventDefault();
    onBounds(next);
  };
  if (bins.length === 0) return null;
  return (
    // biome-ignore lint/a11y/useSemanticElements: a drawing cannot be a fieldset
    <div className={styles.brush} role="group" aria-label={words.summary}>
      <div
        ref={field}
        className={styles.field}
        onPointerDown={down}
        onPointerMove={(event) => held.current && setDrawn(boundsAt(event))}
        onPointerUp={up}
        onPointerCancel={() => {
          held.current = undefined;
          setDrawn(undefined);
        }}
      >
        {bins.map((bin) => (
          <span
            key={bin.from}
            className={styles.bar}
            data-in={ends.from < bin.to && bin.from < ends.to}
            title={words.bin(bin)}
            style={{
              left: `${share(bin.from)}%`,
              width: `calc(${share(bin.to) - share(bin.from)}% - 1px)`,
              height: `${bin.count === 0 ? 0 : Math.max(2, (100 * bin.count) / most)}%`,
            }}
            aria-hidden
          />
        ))}
        <span
          className={styles.range}
          style={{ left: `${share(ends.from)}%`, width: `${share(ends.to) - share(ends.from)}%` }}
          aria-hidden
        />
        {(['from', 'to'] as const).map((which) => (
          <span
            key={which}
            role="slider"
            tabIndex={0}
            className={styles.handle}
            style={{ left: `${share(ends[which])}%` }}
            aria-label={words[which]}
            aria-valuemin={first}
            aria-valuemax={last}
            aria-valuenow={ends[which]}
            aria-valuetext={words.value(ends[which])}
            aria-orientation="horizontal"
            onKeyDown={(event) => key(which, event)}
          />
        ))}
      </div>
      <div className={styles.axis} aria-hidden>
        <span>{words.value(first)}</span>
        <span>{words.value(last)}</span>
      </div>
    </div>
  );
}

function clamped(value: number | undefined, low: number, high: number, missing: number): number {
  return value === undefined ? missing : Math.min(high, Math.max(low, value));
}
