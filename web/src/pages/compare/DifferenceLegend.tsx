// What the colours of a difference mean: both ends in words, with the largest that is on the map.

import { useFormats } from '../../format';
import type { Compared } from '../../pictures/process-map/compared';
import { differenceAt, differencePlace, reachOf } from '../../pictures/process-map/compared';
import type { Domain } from '../../pictures/process-map/scale';
import type { ScalePart } from '../../pictures/process-map/tone';
import { useText } from '../../text/useText';
import styles from './Compare.module.css';
import { differenceWords } from './words';

interface DifferenceLegendProps {
  /** The least and the most that is shown, A − B; `null` when nothing is ranked. */
  domain: Domain | null;
  steps: string[];
  metric: Compared;
  part: ScalePart | null;
  onPart: (part: ScalePart | null) => void;
}

export function DifferenceLegend({ domain, steps, metric, part, onPart }: DifferenceLegendProps) {
  const text = useText();
  const format = useFormats();
  const { said } = differenceWords(text, format);
  const reach = reachOf(domain);
  const write = (value: number) => said(value, metric);
  return (
    <section className={styles.section} aria-label={text('map.legend')}>
      <h2 className={styles.sectionTitle}>{text(`compare.legend.${metric}`)}</h2>
      {domain && reach > 0 ? (
        <>
          <div className={styles.scale}>
            <div
              className={styles.ramp}
              style={{ background: `linear-gradient(90deg in oklab, ${steps.join(', ')})` }}
            />
            {/* Beyond the largest difference on either side there is nothing. */}
            <Void from={0} to={differencePlace(domain.most, reach, metric)} />
            <Void from={differencePlace(domain.least, reach, metric)} to={1} />
            <div className={styles.parts}>
              {steps.map((step, idx) => {
                const [least, most] = [idx / steps.length, (idx + 1) / steps.length];
                const isPressed = part?.least === least && part.most === most;
                const name = text('map.legend.bin', {
                  least: write(differenceAt(least, reach, metric)),
                  most: write(differenceAt(most, reach, metric)),
                });
                return (
                  <button
                    key={step}
                    type="button"
                    className={styles.part}
                    aria-pressed={isPressed}
                    aria-label={name}
                    title={name}
                    onClick={() => onPart(isPressed ? null : { of: 'both', least, most })}
                  />
                );
              })}
            </div>
          </div>
          <div className={styles.ends}>
            <span>{domain.most > 0 ? write(domain.most) : text('compare.legend.noneMore.a')}</span>
            <span>
              {domain.least < 0 ? write(domain.least) : text('compare.legend.noneMore.b')}
            </span>
          </div>
        </>
      ) : (
        <p className={styles.hint}>
          {text(domain ? 'compare.legend.equal' : 'compare.legend.none')}
        </p>
      )}
      <p className={styles.hint}>{text('compare.legend.width')}</p>
      {metric === 'time' && <p className={styles.hint}>{text('map.legend.root')}</p>}
      <p className={styles.hint}>{text('compare.legend.few')}</p>
    </section>
  );
}

function Void({ from, to }: { from: number; to: number }) {
  if (to - from < 0.005) return null;
  return (
    <div
      className={styles.void}
      style={{ left: `${from * 100}%`, width: `${(to - from) * 100}%` }}
    />
  );
}
