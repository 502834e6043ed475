// How large the log is and how long its cases take.
import type { SummaryAnswer } from '../../api/map';
import { useFormats } from '../../format';
import { useText } from '../../text/useText';
import styles from './Panel.module.css';

export function KeyFigures({ summary }: { summary: SummaryAnswer }) {
  const text = useText();
  const format = useFormats();
  const count = (value: number) =>
    value < 10_000_000 ? format.number(value, 0) : format.compact(value);
  const median = summary.case_duration_s?.median;
  const tiles: [string, string][] = [
    [text('map.figures.cases'), count(summary.cases)],
    [text('map.figures.events'), count(summary.events)],
    [text('map.figures.variants'), count(summary.variants)],
  ];
  if (median !== undefined) {
    tiles.push([text('map.figures.duration'), format.durationShort(median)]);
  }
  return (
    <section className={styles.section} aria-label={text('map.figures')}>
      <dl className={styles.tiles}>
        {tiles.map(([name, value]) => (
          <div key={name} className={styles.tile}>
            <dt title={name}>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      {summary.day_events ? (
        <p className={styles.hint}>
          {text('precision.times', { days: summary.day_events, all: summary.events })}
        </p>
      ) : null}
    </section>
  );
}
