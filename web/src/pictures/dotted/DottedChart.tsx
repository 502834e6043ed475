// A dotted chart on a canvas: each row a case, each dot an event, its colour the activity.
import { type MouseEvent, type PointerEvent, useLayoutEffect, useRef, useState } from 'react';
import styles from './DottedChart.module.css';
import { type Dots, dotAt, type Field, rowHeight, xOf } from './points';

export interface AxisTick {
  place: number;
  label: string;
}

interface DottedChartProps {
  dots: Dots;
  width: number;
  height: number;
  ticks: AxisTick[];
  /** The colour of each activity by its place; dots without one are drawn first and faint. */
  colours: (string | null)[];
  /** The activity that is looked at: all others step back. */
  highlight: number | null;
  neutral: string;
  /** What the picture says, for those who do not see it. */
  label: string;
  /** Changes with the theme. */
  scheme: string;
  tip: (dot: number) => React.ReactNode;
  onCase: (row: number) => void;
}

const AXIS_HEIGHT = 26;
const PAD = 12;
const DOT_MIN = 2;
const DOT_MAX = 7;
const FAINT = 0.14;
const TIP_WIDTH = 260;

export function DottedChart(props: DottedChartProps) {
  const { dots, width, height, ticks, label, tip, onCase } = props;
  const canvas = useRef<HTMLCanvasElement>(null);
  const [here, setHere] = useState<number | null>(null);
  const field: Field = {
    left: PAD,
    top: PAD / 2,
    width: Math.max(1, width - 2 * PAD),
    height: Math.max(1, height - AXIS_HEIGHT - PAD / 2),
  };
  useDrawing(canvas, field, props);
  const at = (event: PointerEvent | MouseEvent) => {
    const box = canvas.current?.getBoundingClientRect();
    return dotAt(dots, field, event.clientX - (box?.left ?? 0), event.clientY - (box?.top ?? 0));
  };
  // A newer answer may have fewer dots.
  const shown = here !== null && here < dots.places.length ? here : null;
  const x = shown === null ? 0 : xOf(dots, field, dots.places[shown] ?? 0);
  const y =
    shown === null
      ? 0
      : field.top + ((dots.rows[shown] ?? 0) + 0.5) * rowHeight(field, dots.starts.length - 1);
  return (
    <div className={styles.chart} style={{ height }}>
      <svg className={styles.axis} width={width} height={height} aria-hidden>
        {spaced(
          ticks.map(({ place, label }) => ({ x: xOf(dots, field, place), label })),
          width,
        ).map(({ x, label, anchor, isSaid }) => (
          <g key={x}>
            <line x1={x} x2={x} y1={0} y2={height - AXIS_HEIGHT + 4} />
            {isSaid && (
              <text x={x} y={height - 8} textAnchor={anchor}>
                {label}
              </text>
            )}
          </g>
        ))}
      </svg>
      <canvas
        ref={canvas}
        role="img"
        aria-label={label}
        className={styles.canvas}
        data-pointed={shown !== null || undefined}
        onPointerMove={(event) => setHere(at(event))}
        onPointerLeave={() => setHere(null)}
        onClick={(event) => {
          const dot = at(event);
          if (dot !== null) onCase(dots.rows[dot] ?? 0);
        }}
      />
      {shown !== null && (
        <>
          <span className={styles.ring} style={{ left: x, top: y }} />
          <div
            className={styles.tip}
            style={{
              width: TIP_WIDTH,
              left: Math.max(0, Math.min(x + 14, width - TIP_WIDTH)),
              ...(y > height / 2 ? { bottom: height - y + 12 } : { top: y + 12 }),
            }}
          >
            {tip(shown)}
          </div>
        </>
      )}
    </div>
  );
}

const WIDE = /[\u2e80-\uffef]/u;
/** Between two labels. */
const LABEL_GAP = 8;

/** Each line with its label, but for those that would touch the one before. */
export function spaced(lines: { x: number; label: string }[], width: number) {
  let end = Number.NEGATIVE_INFINITY;
  return lines.map(({ x, label }) => {
    const anchor = anchorAt(x, width);
    const long = [...label].reduce((sum, sign) => sum + (WIDE.test(sign) ? 12 : 7), 0);
    const left = anchor === 'start' ? x : anchor === 'end' ? x - long : x - long / 2;
    const isSaid = left >= end + LABEL_GAP;
    if (isSaid) end = left + long;
    return { x, label, anchor, isSaid };
  });
}

function anchorAt(x: number, width: number): 'start' | 'middle' | 'end' {
  if (x < 30) return 'start';
  return x > width - 40 ? 'end' : 'middle';
}

function useDrawing(
  canvas: React.RefObject<HTMLCanvasElement | null>,
  field: Field,
  props: DottedChartProps,
): void {
  const { dots, width, height, colours, highlight, neutral, scheme } = props;
  // biome-ignore lint/correctness/useExhaustiveDependencies: the field follows from the size; the colours change with the scheme
  useLayoutEffect(() => {
    const target = canvas.current;
    if (!target) return;
    const density = window.devicePixelRatio || 1;
    target.width = Math.round(width * density);
    target.height = Math.round(height * density);
    target.style.width = `${width}px`;
    target.style.height = `${height}px`;
    const brush = target.getContext('2d');
    if (!brush) return;
    brush.scale(density, density);
    draw(brush, dots, field, { colours, highlight, neutral });
  }, [canvas, dots, width, height, colours, highlight, neutral, scheme]);
}

interface Look {
  colours: (string | null)[];
  highlight: number | null;
  neutral: string;
}

/** Colour by colour, the neutral ones below all others. */
function draw(brush: CanvasRenderingContext2D, dots: Dots, field: Field, look: Look): void {
  brush.clearRect(0, 0, brush.canvas.width, brush.canvas.height);
  const height = rowHeight(field, dots.starts.length - 1);
  const size = Math.max(DOT_MIN, Math.min(DOT_MAX, height * 0.8));
  const layers = new Map<string | null, number[]>([[null, []]]);
  const front: number[] = [];
  dots.activities.forEach((activity, dot) => {
    if (activity === look.highlight) {
      front.push(dot);
      return;
    }
    const colour = look.colours[activity] ?? null;
    const layer = layers.get(colour);
    if (layer) layer.push(dot);
    else layers.set(colour, [dot]);
  });
  const paint = (colour: string, opacity: number, some: number[], wide: number) => {
    brush.fillStyle = colour;
    brush.globalAlpha = opacity;
    for (const dot of some) {
      const x = xOf(dots, field, dots.places[dot] ?? 0);
      const y = field.top + ((dots.rows[dot] ?? 0) + 0.5) * height;
      if (wide < 4) {
        brush.fillRect(x - wide / 2, y - wide / 2, wide, wide);
      } else {
        brush.beginPath();
        brush.arc(x, y, wide / 2, 0, 2 * Math.PI);
        brush.fill();
      }
    }
  };
  const isFaint = look.highlight !== null;
  for (const [colour, some] of layers) {
    const opacity = isFaint ? FAINT : colour === null ? 0.35 : 0.85;
    paint(colour ?? look.neutral, opacity, some, size);
  }
  const first = front[0];
  if (look.highlight !== null && first !== undefined) {
    paint(look.colours[look.highlight] ?? look.neutral, 1, front, Math.max(size, 3));
  }
}
