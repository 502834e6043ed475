// A funnel: one bar for each stage, parted into the cases that go on and those that stop there.
import { type KeyboardEvent, useId, useRef } from 'react';
import styles from './Funnel.module.css';
import { cutToWidth, textWidth } from './textWidth';

export interface FunnelBar {
  key: string;
  name: string;
  /** Parts of the bar from left to right, each a share of the longest bar. */
  onward: number;
  open: number;
  ended: number;
  /** Stopped, without it being known whether they have ended. */
  stopped: number;
  /** The whole bar of the cases that it is compared with. */
  earlier: number | null;
  /** What stands at the right end, above the bar. */
  figures: string;
  /** What happens on the way to the next stage; nothing after the last one. */
  between: string | null;
  /** The whole of it, for those who do not see it. */
  label: string;
}

interface FunnelPictureProps {
  bars: FunnelBar[];
  width: number;
  selected: string | null;
  onSelect: (key: string) => void;
  /** What the picture says, for those who do not see it. */
  label: string;
}

const NAME_HEIGHT = 22;
const BAR_HEIGHT = 24;
const EARLIER_HEIGHT = 6;
const BETWEEN_HEIGHT = 26;
const GAP = 12;
const MARGIN = 10;
const TEXT_SIZE = 13;

export function FunnelPicture(props: FunnelPictureProps) {
  const { bars, width, selected, onSelect, label } = props;
  const id = useId().replace(/[^\w-]/g, '');
  const picture = useRef<SVGSVGElement>(null);
  const isCompared = bars.some((bar) => bar.earlier !== null);
  const rowHeight =
    NAME_HEIGHT + BAR_HEIGHT + (isCompared ? EARLIER_HEIGHT + 2 : 0) + BETWEEN_HEIGHT + 4;
  const inner = Math.max(1, width - 2 * MARGIN);
  const height = Math.max(0, bars.length * rowHeight - BETWEEN_HEIGHT);
  const walk = (event: KeyboardEvent, idx: number) => {
    const to = { ArrowDown: idx + 1, ArrowUp: idx - 1, Home: 0, End: bars.length - 1 }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    picture.current?.querySelectorAll<SVGGElement>('[role="button"]')[to]?.focus();
  };
  const tabStop = Math.max(
    0,
    bars.findIndex((bar) => bar.key === selected),
  );
  return (
    // biome-ignore lint/a11y/useSemanticElements: a group of SVG has no element of HTML
    <svg
      ref={picture}
      className={styles.funnel}
      width={width}
      height={height}
      role="group"
      aria-label={label}
    >
      <Patterns id={id} />
      <g data-world>
        {bars.map((bar, idx) => {
          const top = idx * rowHeight;
          const next = bars[idx + 1];
          const bottom = top + NAME_HEIGHT + BAR_HEIGHT;
          const nextTop = top + rowHeight + NAME_HEIGHT;
          return (
            next && (
              <path
                key={bar.key}
                className={styles.way}
                d={`M${MARGIN},${bottom}H${MARGIN + inner * bar.onward}L${
                  MARGIN + inner * lengthOf(next)
                },${nextTop}H${MARGIN}Z`}
              />
            )
          );
        })}
        {bars.map((bar, idx) => (
          <g
            key={bar.key}
            className={styles.stage}
            transform={`translate(0 ${idx * rowHeight})`}
            data-stage={bar.key}
          >
            {/* biome-ignore lint/a11y/useSemanticElements: a part of SVG cannot be one of HTML */}
            <g
              className={styles.button}
              role="button"
              tabIndex={idx === tabStop ? 0 : -1}
              aria-pressed={bar.key === selected}
              aria-label={bar.label}
              onClick={() => onSelect(bar.key)}
              onKeyDown={(event) => {
                if (event.key !== 'Enter' && event.key !== ' ') return walk(event, idx);
                event.preventDefault();
                onSelect(bar.key);
              }}
            >
              <rect
                className={styles.field}
                // Says which stage is looked at; a file does not need it.
                data-help
                x={1}
                y={1}
                width={Math.max(0, width - 2)}
                height={rowHeight - BETWEEN_HEIGHT - 2}
                rx={6}
              />
              <BarShapes {...{ bar, id, inner }} />
            </g>
            <BarTexts bar={bar} inner={inner} bottom={rowHeight - BETWEEN_HEIGHT + 14} />
          </g>
        ))}
      </g>
    </svg>
  );
}

interface BarShapesProps {
  bar: FunnelBar;
  id: string;
  inner: number;
}

function BarShapes({ bar, id, inner }: BarShapesProps) {
  const parts = [
    { share: bar.onward, fill: undefined, name: styles.onward },
    { share: bar.open, fill: `url(#${id}-open)`, name: styles.open },
    { share: bar.ended, fill: undefined, name: styles.ended },
    { share: bar.stopped, fill: undefined, name: styles.stopped },
  ];
  let x = MARGIN;
  return (
    <>
      <rect className={styles.track} x={MARGIN} y={NAME_HEIGHT} width={inner} height={BAR_HEIGHT} />
      {parts.map(({ share, fill, name }) => {
        const left = x;
        x += inner * share;
        return (
          share > 0 && (
            <rect
              key={name}
              className={name}
              x={left}
              y={NAME_HEIGHT}
              width={Math.max(1, inner * share)}
              height={BAR_HEIGHT}
              {...(fill ? { fill } : {})}
            />
          )
        );
      })}
      {bar.earlier !== null && (
        <rect
          className={styles.earlier}
          x={MARGIN}
          y={NAME_HEIGHT + BAR_HEIGHT + 2}
          width={Math.max(1, inner * bar.earlier)}
          height={EARLIER_HEIGHT}
        />
      )}
    </>
  );
}

/** Stripes tell what is still open without a colour of its own. */
function Patterns({ id }: { id: string }) {
  return (
    <defs>
      <pattern
        id={`${id}-open`}
        width={7}
        height={7}
        patternUnits="userSpaceOnUse"
        patternTransform="rotate(45)"
      >
        <rect className={styles.stripeField} width={7} height={7} />
        <rect className={styles.stripe} width={3} height={7} />
      </pattern>
    </defs>
  );
}

function lengthOf({ onward, open, ended, stopped }: FunnelBar): number {
  return onward + open + ended + stopped;
}

/** What stands at a bar; its button says the same in whole sentences. */
function BarTexts({ bar, inner, bottom }: { bar: FunnelBar; inner: number; bottom: number }) {
  const room = Math.max(40, inner - textWidth(bar.figures, TEXT_SIZE) - GAP);
  return (
    <g className={styles.texts} aria-hidden>
      <text className={styles.name} x={MARGIN} y={16}>
        {cutToWidth(bar.name, TEXT_SIZE, room)}
      </text>
      <text className={styles.figures} x={MARGIN + inner} y={16} textAnchor="end">
        {bar.figures}
      </text>
      {bar.between !== null && (
        <text className={styles.between} x={MARGIN + 4} y={bottom}>
          {cutToWidth(bar.between, TEXT_SIZE, inner - 8)}
        </text>
      )}
    </g>
  );
}
