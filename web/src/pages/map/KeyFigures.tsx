// How large the log is and how long its cases take.
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { Scope, Size } from '../../api/analysis';
import { type SummaryAnswer, summaryQuery } from '../../api/map';
import { useFormats } from '../../format';
import { useText } from '../../text/useText';
import styles from './Panel.module.css';

interface KeyFiguresProps {
  scope: Scope;
  /** What the picture is made of; it is known with it. */
  size: Size | undefined;
  /** The picture comes first: nothing is asked before it is there. */
  isWanted: boolean;
}

export function KeyFigures({ scope, size, isWanted }: KeyFiguresProps) {
  const summary = useQuery({
    ...summaryQuery(scope),
    enabled: isWanted,
    placeholderData: keepPreviousData,
  });
  const unknown = summary.error ? '–' : '\u00a0';
  return <Tiles summary={summary.data} isOld={summary.isPlaceholderData} {...{ size, unknown }} />;
}

interface TilesProps {
  size: Size | undefined;
  summary: SummaryAnswer | undefined;
  isOld: boolean;
  /** What stands where nothing is known. */
  unknown: string;
}

/** Before anything is known the tiles have their room. */
function Tiles({ size, summary, isOld, unknown }: TilesProps) {
  const text = useText();
  const format = useFormats();
  const count = (value: number | undefined) => {
    if (value === undefined) return unknown;
    return value < 10_000_000 ? format.number(value, 0) : format.compact(value);
  };
  const median = summary?.case_duration_s?.median;
  const tiles: [string, string][] = [
    [text('map.figures.cases'), count(size?.cases)],
    [text('map.figures.events'), count(size?.events)],
    [text('map.figures.variants'), count(summary?.variants)],
  ];
  if (!summary || median !== undefined) {
    const known = median === undefined ? unknown : format.durationShort(median);
    tiles.push([text('map.figures.duration'), known]);
  }
  return (
    <section className={styles.section} aria-label={text('map.figures')}>
      <dl className={styles.tiles} data-busy={isOld}>
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
