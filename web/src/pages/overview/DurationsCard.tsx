// How long cases take: the middle, the long end, and the shape of it.
import type { Part, ThroughputAnswer } from '../../api/overview';
import { useFormats } from '../../format';
import { Sparkline } from '../../pictures/chart/Sparkline';
import { useText } from '../../text/useText';
import { Card } from '../explore/Card';
import { Facts } from '../explore/Facts';
import styles from './Overview.module.css';
import { PlaceLink } from './PlaceLink';
import { PartOf } from './Waiting';

interface DurationsCardProps {
  part: Part<ThroughputAnswer>;
  onRetry: () => void;
}

export function DurationsCard({ part, onRetry }: DurationsCardProps) {
  const text = useText();
  const format = useFormats();
  return (
    <Card
      title={text('overview.durations')}
      actions={<PlaceLink to="/throughput/$log">{text('overview.durations.all')}</PlaceLink>}
    >
      <PartOf part={part} onRetry={onRetry}>
        {({ duration_s: duration, histogram, completed, day_durations: days }) =>
          duration ? (
            <>
              <Facts
                className={styles.figures}
                lines={[
                  [text('overview.durations.median'), format.duration(duration.median)],
                  [text('overview.durations.p90'), format.duration(duration.p90)],
                ]}
              />
              {days ? (
                <p className={styles.hint}>
                  {text('precision.durations', { days, all: completed })}
                </p>
              ) : null}
              <figure className={styles.figure}>
                <Sparkline
                  values={histogram.map((bin) => bin.cases)}
                  height={56}
                  label={text('overview.durations.label', {
                    same: duration.min === duration.max ? 'yes' : 'no',
                    p25: format.duration(duration.p25),
                    p75: format.duration(duration.p75),
                    max: format.duration(duration.max),
                  })}
                />
                <figcaption className={styles.ends}>
                  <span>{format.durationShort(histogram[0]?.from_s ?? 0)}</span>
                  <span>{format.durationShort(histogram[histogram.length - 1]?.to_s ?? 0)}</span>
                </figcaption>
              </figure>
            </>
          ) : (
            <p className={styles.hint}>{text('overview.durations.none')}</p>
          )
        }
      </PartOf>
    </Card>
  );
}
