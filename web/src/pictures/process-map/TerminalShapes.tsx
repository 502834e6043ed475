// Start and end: two pills with a sign and a word, and the stubs of rare starts and ends.
import { memo } from 'react';
import type { Box } from './layout';
import styles from './ProcessMap.module.css';
import type { Tone } from './tone';

interface PillProps {
  kind: 'start' | 'end';
  word: string;
  box: Box;
  colours: { fill: string; line: string; ink: string };
}

export const Pill = memo(function Pill({ kind, word, box, colours }: PillProps) {
  const [left, top] = [box.x - box.width / 2, box.y - box.height / 2];
  const middle = box.height / 2;
  return (
    <g className={styles.pill} style={{ transform: `translate(${left}px, ${top}px)` }}>
      <rect
        width={box.width}
        height={box.height}
        rx={middle}
        fill={colours.fill}
        stroke={colours.line}
        strokeWidth={1.8}
      />
      {kind === 'start' ? (
        <path d={`M15 ${middle - 5.5}l9.5 5.5l-9.5 5.5z`} fill={colours.line} />
      ) : (
        <rect x={15} y={middle - 4.7} width={9.4} height={9.4} rx={1.5} fill={colours.line} />
      )}
      <text x={31} y={middle + 4.6} fontSize={13} fontWeight={600} fill={colours.ink}>
        {word}
      </text>
    </g>
  );
});

interface StubProps {
  id: string;
  kind: 'start' | 'end';
  at: { x: number; y: number };
  colour: string;
  tone: Tone;
}

/** Size of the square around a stub: dots and a sign, without a way to the pill. */
export const STUB_LENGTH = 14;

export const Stub = memo(function Stub({ id, kind, at, colour, tone }: StubProps) {
  return (
    <g
      className={styles.arrow}
      data-arrow={id}
      data-tone={tone}
      transform={`translate(${at.x}, ${at.y})`}
    >
      <path
        d={kind === 'end' ? 'M0 1V7' : 'M0 -7V-1'}
        stroke={colour}
        strokeWidth={1.6}
        strokeLinecap="round"
        strokeDasharray="0.1 3"
      />
      {kind === 'end' ? (
        <rect x={-2.6} y={7.6} width={5.2} height={5.2} rx={1} fill={colour} />
      ) : (
        <path d="M-3 -13.5L3 -10.5L-3 -7.5z" fill={colour} />
      )}
      <rect
        data-help=""
        x={-9}
        y={kind === 'end' ? 1 : -16}
        width={18}
        height={16}
        fill="none"
        pointerEvents="all"
      />
    </g>
  );
});
