// The values written on the paths.
import { Fragment, memo } from 'react';
import { Flag, type Flags } from './Flag';
import type { Arrow } from './graph';
import { isTerminal } from './graph';
import { LABEL_HEIGHT, type Label } from './labels';
import type { Looks } from './looks';
import styles from './ProcessMap.module.css';
import type { Tone } from './tone';

/** Weaker paths than this share of the strongest lose their value when the map is far away. */
const WEAK_SHARE = 0.12;

interface LabelShapeProps {
  label: Label;
  value: string;
  isWeak: boolean;
  tone: Tone;
  colours: { fill: string; ink: string };
}

const LabelShape = memo(function LabelShape(props: LabelShapeProps) {
  const { label, value, isWeak, tone, colours } = props;
  return (
    <g
      className={styles.label}
      data-tone={tone}
      data-weak={isWeak}
      data-room={label.isPlaced ? 'some' : 'none'}
      transform={`translate(${label.x.toFixed(1)}, ${label.y.toFixed(1)})`}
    >
      <rect
        x={-label.width / 2}
        y={-LABEL_HEIGHT / 2}
        width={label.width}
        height={LABEL_HEIGHT}
        rx={LABEL_HEIGHT / 2}
        fill={colours.fill}
        opacity={0.92}
      />
      <text
        y={4.5}
        fontSize={12.5}
        fontWeight={600}
        textAnchor="middle"
        className={styles.value}
        fill={colours.ink}
      >
        {value}
      </text>
    </g>
  );
});

interface LabelsProps {
  arrows: Arrow[];
  labels: Map<string, Label>;
  looks: Looks;
  flags: Flags | null;
  toneOf: (arrow: Arrow) => Tone;
  colours: { fill: string; ink: string };
}

export function Labels({ arrows, labels, looks, flags, toneOf, colours }: LabelsProps) {
  const most = Math.max(0, ...arrows.map((arrow) => arrow.cases));
  return arrows.map((arrow) => {
    const [label, look] = [labels.get(arrow.id), looks.arrows.get(arrow.id)];
    if (!label || !look || look.value === '') return null;
    return (
      <Fragment key={arrow.id}>
        <LabelShape
          label={label}
          value={look.value}
          isWeak={arrow.cases < WEAK_SHARE * most || (isTerminal(arrow) && !label.isPlaced)}
          tone={toneOf(arrow)}
          colours={colours}
        />
        {flags?.arrows.has(arrow.id) && (
          <g className={styles.label} data-tone={toneOf(arrow)}>
            <Flag
              words={flags.words}
              x={label.x + label.width / 2 + 2}
              y={label.y - LABEL_HEIGHT / 2}
              colours={{ fill: colours.ink, ink: colours.fill }}
            />
          </g>
        )}
      </Fragment>
    );
  });
}
