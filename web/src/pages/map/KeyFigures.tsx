// How large the log is and how long its cases take.
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { Scope } from '../../api/analysis';
import { type SummaryAnswer, summaryQuery } from '../../api/map';
import { useFormats } from '../../format';
import { useText } from '../../text/useText';
import styles from './Panel.module.css';

const UNKNOWN = '\u00a0';

interface KeyFiguresProps {
  scope: Scope;
  /** The picture comes first: nothing is asked before it is there. */
  isWanted: boolean;
}

export function KeyFigures({ scope, isWanted }: KeyFiguresProps) {
  const summary = useQuery({
    ...summaryQuery(scope),
    enabled: isWanted,
    placeholderData: keepPreviousData,
  });
  return <Tiles summary={summary.data} isOld={summary.isPlaceholderData} />;
}

/** Before anything is known the tiles have their room. */
function Tiles({ summary, isOld }: { summary: SummaryAnswer | undefined; isOld: boolean }) {
  const text = useText();
  const format = useFormats();
  const count = (value: number | undefined) => {
    if (value === undefined) return UNKNOWN;
    return value < 10_000_000 ? format.number(value, 0) : format.compact(value);
  };
  const median = summary?.case_duration_s?.median;
  const tiles: [string, string][] = [
    [text('map.figures.cases'), count(summary?.cases)],
    [text('map.figures.events'), count(summary?.events)],
    [text('map.figures.variants'), count(summary?.variants)],
  ];
  if (!summary || median !== undefined) {
    const known = median === undefined ? UNKNOWN : format.durationShort(median);
    tiles.push([text('map.figures.duration'), known]);
  }
  return (
    <section className={styles.section} aria-label={text('map.figures')}>
      <dl className={styles.tiles} data-busy={isOld || !summary}>
        {tiles.map(([name, value]) => (
          <div key={name} className={styles.tile}>
            <dt title={name}>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      {summary?.day_events ? (
        <p className={styles.hint}>
          {text('precision.times', { days: summary.day_events, all: summary.events })}
        </p>
      ) : null}
    </section>
  );
}
