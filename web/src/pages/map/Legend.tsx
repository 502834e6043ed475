// What the colours and widths mean, with the least and the most that is on the map.

import { useState } from 'react';
import { ramp } from '../../pictures/process-map/colour';
import { FlagShape } from '../../pictures/process-map/Flag';
import type { Looks } from '../../pictures/process-map/looks';
import type { Metric } from '../../pictures/process-map/metricNames';
import { METRICS } from '../../pictures/process-map/metrics';
import type { Domain } from '../../pictures/process-map/scale';
import type { ScalePart } from '../../pictures/process-map/tone';
import { useText } from '../../text/useText';
import styles from './Legend.module.css';
import { isOne, type LegendScale, scalesOf } from './scales';
import type { Colours } from './useColours';
import type { Write } from './write';

interface LegendProps {
  metric: Metric;
  looks: Looks;
  colours: Colours;
  write: Write;
  hasOwnTimes: boolean;
  /** Whose values are shown, where any are. */
  attribute: string | undefined;
  hasStubs: boolean;
  /** What a mark says, where there are any. */
  flagged?: string | undefined;
  part: ScalePart | null;
  /** Whether it is a button that shows the rest above the map, because there is no room beside it. */
  isButton?: boolean;
  onPart: (part: ScalePart | null) => void;
}

export function Legend(props: LegendProps) {
  const { metric, hasStubs, part, isButton = false, onPart } = props;
  const text = useText();
  const { kind, scale, needsCases } = METRICS[metric];
  const scales = scalesOf({ ...props, text });
  const [isOpen, setIsOpen] = useState(!isButton);
  return (
    <details
      className={styles.legend}
      data-button={isButton || undefined}
      open={isOpen}
      onToggle={(event) => setIsOpen(event.currentTarget.open)}
      onKeyDown={(event) => {
        if (!isButton || event.key !== 'Escape' || !event.currentTarget.open) return;
        event.currentTarget.open = false;
        event.preventDefault();
      }}
    >
      <summary className={styles.summary}>{text('map.legend')}</summary>
      <div className={styles.content}>
        {scales.map((one) => (
          <Scale key={one.title} scale={one} kind={scale} part={part} onPart={onPart} />
        ))}
        <p className={styles.hint}>
          {text(scale === 'root' ? 'map.legend.root' : 'map.legend.linear')}
        </p>
        {kind === 'time' && <p className={styles.hint}>{text('map.legend.calendar')}</p>}
        {needsCases && <p className={styles.hint}>{text('map.legend.few')}</p>}
        {props.flagged && (
          <p className={styles.hint}>
            <svg width="14" height="14" viewBox="-8 -9 16 16" aria-hidden="true">
              <FlagShape colours={{ fill: 'var(--surface)', ink: 'currentColor' }} />
            </svg>
            {props.flagged}
          </p>
        )}
        {hasStubs && (
          <p className={styles.hint}>
            <svg width="8" height="14" viewBox="-4 0 8 14" aria-hidden="true">
              <path d="M0 1V7" stroke="currentColor" strokeWidth="1.6" strokeDasharray="1.6 1.6" />
              <rect x="-2.6" y="7.6" width="5.2" height="5.2" rx="1" fill="currentColor" />
            </svg>
            {text('map.legend.stub')}
          </p>
        )}
      </div>
    </details>
  );
}

interface ScaleProps {
  scale: LegendScale;
  kind: 'linear' | 'root';
  part: ScalePart | null;
  onPart: (part: ScalePart | null) => void;
}

/** The scale in parts: pressing one makes everything else step back. */
function Scale({ scale, kind, part, onPart }: ScaleProps) {
  const text = useText();
  const { of, title, steps, isWedge, domain, write } = scale;
  const count = steps.length;
  const shape = isWedge ? (isOne(domain) ? styles.line : styles.wedge) : styles.bar;
  return (
    <div>
      <p className={styles.title}>{title}</p>
      <div className={styles.scale}>
        <div className={shape} style={{ background: paint(steps, domain) }} />
        <div className={styles.parts}>
          {of !== null &&
            !isOne(domain) &&
            steps.map((colour, idx) => {
              const [least, most] = [idx / count, (idx + 1) / count];
              const isPressed = part?.of === of && part.least === least;
              const ends = {
                least: write(at(least, domain, kind)),
                most: write(at(most, domain, kind)),
              };
              return (
                <button
                  key={colour}
                  type="button"
                  className={styles.part}
                  aria-pressed={isPressed}
                  aria-label={text('map.legend.bin', ends)}
                  title={text('map.legend.bin', ends)}
                  onClick={() => onPart(isPressed ? null : { of, least, most })}
                />
              );
            })}
        </div>
      </div>
      <Ends domain={domain} write={write} />
    </div>
  );
}

/** The value at a place of the scale. */
function at(share: number, { least, most }: Domain, kind: 'linear' | 'root'): number {
  if (kind === 'linear') return least + share * (most - least);
  return (Math.sqrt(least) + share * (Math.sqrt(most) - Math.sqrt(least))) ** 2;
}

function Ends({ domain, write }: { domain: Domain; write: (value: number) => string }) {
  return (
    <div className={styles.ends}>
      <span>{write(domain.least)}</span>
      {!isOne(domain) && <span>{write(domain.most)}</span>}
    </div>
  );
}

/** The colour of a scale of one value is that of the middle, as on the map. */
function paint(steps: string[], domain: Domain): string {
  return isOne(domain) || steps.length === 1
    ? ramp(steps)(0.5)
    : `linear-gradient(90deg in oklab, ${steps.join(', ')})`;
}
