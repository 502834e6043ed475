// One activity of the map: its name on the left, its value on the right.
import { memo } from 'react';
import { Flag } from './Flag';
import type { Box } from './layout';
import type { ActivityLook } from './looks';
import styles from './ProcessMap.module.css';
import { NODE_PADDING } from './request';
import type { Tone } from './tone';

interface NodeShapeProps {
  activity: string;
  /** The name, cut to the room it has. */
  name: string;
  label: string;
  box: Box;
  look: ActivityLook;
  border: string;
  tone: Tone;
  isSelected: boolean;
  /** What is said of one of several that something is to be done with. */
  mark: string | null;
  /** What its sign says, where it has one. */
  flag: string | null;
  isTabStop: boolean;
}

export const NodeShape = memo(function NodeShape(props: NodeShapeProps) {
  const { activity, name, label, box, look, border, tone, isSelected, mark, flag, isTabStop } =
    props;
  const [left, top] = [box.x - box.width / 2, box.y - box.height / 2];
  return (
    // biome-ignore lint/a11y/useSemanticElements: there are no buttons in SVG
    <g
      className={styles.node}
      data-activity={activity}
      data-tone={tone}
      data-marked={mark !== null || undefined}
      aria-description={[mark, flag].filter(Boolean).join(' ') || undefined}
      role="button"
      aria-label={label}
      aria-pressed={isSelected}
      tabIndex={isTabStop ? 0 : -1}
      style={{ transform: `translate(${left}px, ${top}px)` }}
    >
      <rect y={1.6} width={box.width} height={box.height} rx={9} fill="#0b2145" opacity={0.13} />
      <rect
        className={styles.body}
        width={box.width}
        height={box.height}
        rx={9}
        fill={look.fill}
        stroke={border}
        strokeWidth={1}
      />
      <rect
        className={styles.ring}
        data-help=""
        x={-4}
        y={-4}
        width={box.width + 8}
        height={box.height + 8}
        rx={12}
        fill="none"
        strokeWidth={3}
      />
      <text x={NODE_PADDING} y={box.height / 2 + 5} fontSize={14} fontWeight={600} fill={look.ink}>
        {name}{' '}
      </text>
      <text
        aria-hidden
        x={box.width - NODE_PADDING}
        y={box.height / 2 + 4.6}
        fontSize={13}
        fontWeight={500}
        textAnchor="end"
        className={styles.value}
        fill={look.ink}
      >
        {look.value}
      </text>
      {flag && (
        <Flag words={flag} x={box.width - 3} y={1} colours={{ fill: look.ink, ink: look.fill }} />
      )}
    </g>
  );
});
