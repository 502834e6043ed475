// What the colours and widths mean, with the least and the most that is on the map.

import { useState } from 'react';
import { ramp } from '../../pictures/process-map/colour';
import type { Looks } from '../../pictures/process-map/looks';
import { METRICS, type Metric } from '../../pictures/process-map/metrics';
import type { Domain } from '../../pictures/process-map/scale';
import { useText } from '../../text/useText';
import styles from './Legend.module.css';
import type { Colours } from './useColours';
import type { Write } from './write';

/** Windows in which the legend would hide the map. */
const SMALL = '(max-width: 47.99rem), (max-height: 30rem)';

export type Range = readonly [number, number];

interface LegendProps {
  metric: Metric;
  looks: Looks;
  colours: Colours;
  write: Write;
  hasOwnTimes: boolean;
  hasStubs: boolean;
  range: Range | null;
  onRange: (range: Range | null) => void;
}

export function Legend(props: LegendProps) {
  const { metric, looks, colours, write, hasOwnTimes, hasStubs, range, onRange } = props;
  const text = useText();
  const { kind, unit, scale } = METRICS[metric];
  const metricName = text(`map.metric.${metric}`);
  const activityTitle =
    kind === 'time'
      ? text(hasOwnTimes ? 'map.legend.time.own' : 'map.legend.time.wait', { metric: metricName })
      : text(`map.legend.activity.${metric as 'cases' | 'events' | 'share' | 'repetitions'}`);
  const isPathApart = metric === 'events' || metric === 'share' || metric === 'repetitions';
  const [isOpen, setIsOpen] = useState(() => !window.matchMedia(SMALL).matches);
  return (
    <details
      className={styles.legend}
      open={isOpen}
      onToggle={(event) => setIsOpen(event.currentTarget.open)}
    >
      <summary className={styles.summary}>{text('map.legend')}</summary>
      {looks.activityDomain && (
        <Scale
          title={activityTitle}
          steps={colours.activitySteps}
          domain={looks.activityDomain}
          write={(value) => write(value, unit)}
          kind={scale}
          range={range}
          onRange={onRange}
        />
      )}
      {isPathApart && looks.pathDomain && (
        <div>
          <p className={styles.title}>{text(`map.legend.path.${metric}`)}</p>
          <div
            className={styles.bar}
            style={{ background: paint(colours.pathSteps, looks.pathDomain) }}
          />
          <Ends domain={looks.pathDomain} write={(value) => write(value, unit)} />
        </div>
      )}
      {looks.widthDomain && (
        <div>
          <p className={styles.title}>{text('map.legend.width')}</p>
          <Wedge
            colours={isPathApart || kind === 'time' ? [] : colours.pathSteps}
            domain={looks.widthDomain}
          />
          <Ends domain={looks.widthDomain} write={(value) => write(value, 'count')} />
        </div>
      )}
      {kind === 'time' && <p className={styles.hint}>{text('map.legend.root')}</p>}
      {kind === 'time' && <p className={styles.hint}>{text('map.legend.few')}</p>}
      {hasStubs && (
        <p className={styles.hint}>
          <svg width="8" height="14" viewBox="-4 0 8 14" aria-hidden="true">
            <path d="M0 1V7" stroke="currentColor" strokeWidth="1.6" strokeDasharray="1.6 1.6" />
            <rect x="-2.6" y="7.6" width="5.2" height="5.2" rx="1" fill="currentColor" />
          </svg>
          {text('map.legend.stub')}
        </p>
      )}
    </details>
  );
}

interface ScaleProps {
  title: string;
  steps: string[];
  domain: Domain;
  write: (value: number) => string;
  kind: 'linear' | 'root';
  range: Range | null;
  onRange: (range: Range | null) => void;
}

/** The scale in parts: pressing one makes everything else step back. */
function Scale({ title, steps, domain, write, kind, range, onRange }: ScaleProps) {
  const text = useText();
  const count = steps.length;
  return (
    <div>
      <p className={styles.title}>{title}</p>
      <div className={styles.bar} style={{ background: paint(steps, domain) }}>
        {!isOne(domain) &&
          steps.map((colour, idx) => {
            const [from, to] = [idx / count, (idx + 1) / count];
            const isPressed = range !== null && range[0] === from;
            const ends = {
              least: write(at(from, domain, kind)),
              most: write(at(to, domain, kind)),
            };
            return (
              <button
                key={colour}
                type="button"
                className={styles.part}
                aria-pressed={isPressed}
                aria-label={text('map.legend.bin', ends)}
                title={text('map.legend.bin', ends)}
                onClick={() => onRange(isPressed ? null : [from, to])}
              />
            );
          })}
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

function Wedge({ colours, domain }: { colours: string[]; domain: Domain }) {
  return (
    <div
      className={isOne(domain) ? styles.line : styles.wedge}
      style={{ background: colours.length === 0 ? 'var(--map-terminal)' : paint(colours, domain) }}
    />
  );
}

/** A scale of one value is no scale: its colour is that of the middle, as on the map. */
function isOne({ least, most }: Domain): boolean {
  return least === most;
}

function paint(steps: string[], domain: Domain): string {
  return isOne(domain) ? ramp(steps)(0.5) : `linear-gradient(90deg in oklab, ${steps.join(', ')})`;
}
