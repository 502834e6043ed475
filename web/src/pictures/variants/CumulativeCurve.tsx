// How many cases the most frequent variants cover together, with a brush that takes a range.
import { type PointerEvent, useEffect, useEffectEvent, useMemo, useRef, useState } from 'react';
import styles from './CumulativeCurve.module.css';
import { curvePoints, placeOf, ranksBetween, rankTicks } from './curve';

export type Range = [from: number, to: number];

interface CurveWords {
  /** What the picture shows, in a sentence. */
  picture: string;
  first: string;
  last: string;
  /** Of a thumb: the rank and what is covered up to it. */
  valueText: (rank: number) => string;
  rank: (rank: number) => string;
  share: (share: number) => string;
}

interface CumulativeCurveProps {
  /** The cumulative share of each rank, from the first on. */
  shares: number[];
  range: Range | null;
  words: CurveWords;
  onRange: (range: Range | null) => void;
}

const WIDTH = 1000;
const HEIGHT = 100;
const SHARES = [0, 0.5, 1];

export function CumulativeCurve({ shares, range, words, onRange }: CumulativeCurveProps) {
  const total = shares.length;
  const plot = useRef<HTMLDivElement>(null);
  /** Where the hand that draws a brush has begun. */
  const [origin, setOrigin] = useState<number | null>(null);
  /** What is shown while a hand moves; nothing is chosen before it lets go. */
  const [moved, setMoved] = useState<Range | null>(null);
  const line = useMemo(() => lineOf(shares), [shares]);
  const shown = moved ?? range;
  const placeAt = (event: PointerEvent) => {
    const box = plot.current?.getBoundingClientRect();
    return box && box.width > 0
      ? Math.min(1, Math.max(0, (event.clientX - box.left) / box.width))
      : 0;
  };
  const choose = (next: Range | null) => {
    setOrigin(null);
    setMoved(null);
    const isAll = next !== null && next[0] === 1 && next[1] === total;
    onRange(isAll ? null : next);
  };
  const leave = useEffectEvent((event: KeyboardEvent) => {
    if (event.key !== 'Escape' || event.defaultPrevented || isElsewhere(event.target)) return;
    choose(null);
  });
  const hasBrush = shown !== null;
  useEffect(() => {
    if (!hasBrush) return;
    document.addEventListener('keydown', leave);
    return () => document.removeEventListener('keydown', leave);
  }, [hasBrush]);
  const thumb = {
    range: shown,
    total,
    words,
    placeAt,
    onMove: setMoved,
    onChoose: choose,
    isMoved: moved !== null,
  };
  return (
    <div className={styles.curve}>
      <div className={styles.shares} aria-hidden>
        {SHARES.map((share) => (
          <span key={share} style={{ bottom: `${share * 100}%` }}>
            {words.share(share)}
          </span>
        ))}
      </div>
      <div
        ref={plot}
        className={styles.plot}
        onPointerDown={(event) => {
          if (event.button !== 0 || isThumb(event.target)) return;
          event.currentTarget.setPointerCapture(event.pointerId);
          setOrigin(placeAt(event));
        }}
        onPointerMove={(event) => {
          if (origin !== null) setMoved(ranksBetween(origin, placeAt(event), total));
        }}
        onPointerUp={(event) => {
          // A click without a way takes the brush away.
          if (origin === null) return;
          const isClick = Math.abs(placeAt(event) - origin) < CLICK_SHARE;
          choose(isClick ? null : moved);
        }}
        onPointerCancel={() => {
          setOrigin(null);
          setMoved(null);
        }}
      >
        <svg
          className={styles.picture}
          viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
          preserveAspectRatio="none"
          role="img"
          aria-label={words.picture}
        >
          <path className={styles.area} d={`${line.area}Z`} />
          <path className={styles.line} d={line.line} vectorEffect="non-scaling-stroke" />
        </svg>
        {shown && (
          <div
            className={styles.brush}
            style={{
              left: `${placeOf(shown[0] - 1, total) * 100}%`,
              right: `${(1 - placeOf(shown[1], total)) * 100}%`,
            }}
          />
        )}
        <Thumb side="first" {...thumb} />
        <Thumb side="last" {...thumb} />
      </div>
      <div className={styles.ranks} aria-hidden>
        {rankTicks(total).map((rank) => (
          <span key={rank} style={{ left: `${placeOf(rank, total) * 100}%` }}>
            {words.rank(rank)}
          </span>
        ))}
      </div>
    </div>
  );
}

const CLICK_SHARE = 0.004;

/** Where Escape closes or clears something else. */
function isElsewhere(target: EventTarget | null): boolean {
  const others = 'input, [role="dialog"], [role="menu"], [role="listbox"], [aria-expanded="true"]';
  return target instanceof Element && target.closest(others) !== null;
}

function isThumb(target: EventTarget): boolean {
  return target instanceof Element && target.closest('[role="slider"]') !== null;
}

function lineOf(shares: number[]) {
  const points = curvePoints(shares).map(
    ([place, share]) => [place * WIDTH, (1 - share) * HEIGHT] as const,
  );
  const line = points
    .map(([x, y], idx) => `${idx === 0 ? 'M' : 'L'}${x.toFixed(1)} ${y.toFixed(2)}`)
    .join('');
  const right = points.at(-1)?.[0] ?? 0;
  return { line, area: `${line}L${right.toFixed(1)} ${HEIGHT}L0 ${HEIGHT}` };
}

interface ThumbProps {
  side: 'first' | 'last';
  range: Range | null;
  total: number;
  words: CurveWords;
  isMoved: boolean;
  placeAt: (event: PointerEvent) => number;
  onMove: (range: Range) => void;
  onChoose: (range: Range | null) => void;
}

/** One end of the brush; without a brush both wait at the ends. */
function Thumb({ side, range, total, words, ...on }: ThumbProps) {
  const isFirst = side === 'first';
  const [from, to] = range ?? [1, total];
  const value = isFirst ? from : to;
  const [isHeld, setIsHeld] = useState(false);
  const rangeWith = (wanted: number): Range => {
    if (isFirst) return [Math.min(Math.max(1, wanted), to), to];
    return [from, Math.max(Math.min(total, wanted), from)];
  };
  return (
    <div
      role="slider"
      tabIndex={0}
      className={styles.thumb}
      data-help=""
      style={{ left: `${placeOf(isFirst ? from - 1 : to, total) * 100}%` }}
      aria-label={isFirst ? words.first : words.last}
      aria-valuemin={isFirst ? 1 : from}
      aria-valuemax={isFirst ? to : total}
      aria-valuenow={value}
      aria-valuetext={words.valueText(value)}
      onKeyDown={(event) => {
        const wanted = rankAfter(event.key, value, total);
        if (wanted === null) return;
        event.preventDefault();
        on.onChoose(rangeWith(wanted));
      }}
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId);
        setIsHeld(true);
      }}
      onPointerMove={(event) => {
        if (!isHeld) return;
        const [rank] = ranksBetween(on.placeAt(event), on.placeAt(event), total);
        on.onMove(rangeWith(rank));
      }}
      onPointerUp={() => {
        setIsHeld(false);
        if (on.isMoved) on.onChoose(range);
      }}
      onPointerCancel={() => setIsHeld(false)}
    />
  );
}

/** One step of the keys of a slider; the large ones are a tenth of where it stands. */
function rankAfter(key: string, rank: number, total: number): number | null {
  const large = Math.max(5, Math.round(rank / 10));
  switch (key) {
    case 'ArrowRight':
    case 'ArrowUp':
      return rank + 1;
    case 'ArrowLeft':
    case 'ArrowDown':
      return rank - 1;
    case 'PageUp':
      return rank + large;
    case 'PageDown':
      return rank - large;
    case 'Home':
      return 1;
    case 'End':
      return total;
    default:
      return null;
  }
}
