// How fresh the data are, where they come from, and how much of them could not be read.
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { reportQuery } from '../../api/logs';
import type { FiguresOfVersion } from '../../api/overview';
import { failureOf } from '../../api/problem';
import type { Log, Version } from '../../api/types';
import { useFormats } from '../../format';
import { type Precision, toldTime } from '../../precision';
import { useNow } from '../../shell/useNow';
import { useText } from '../../text/useText';
import { Card } from '../explore/Card';
import { Facts } from '../explore/Facts';
import styles from './Overview.module.css';

type Line = [term: string, said: ReactNode];

interface DataCardProps {
  log: Log;
  version: Version;
  answer: FiguresOfVersion;
}

export function DataCard({ log, version, answer }: DataCardProps) {
  const text = useText();
  const { context, summary } = answer;
  const format = useFormats(context.timeZone);
  const here = useFormats();
  const now = useNow(false);
  const moment = (at: string | null | undefined, known?: Precision) =>
    at ? toldTime(at, known, format) : '–';
  const { day_events: days, events: all } = summary;
  const lines: Line[] = [
    [
      text('overview.data.imported'),
      text('overview.data.ago', {
        ago: here.ago(version.created_at, now),
        at: here.dateTime(version.created_at),
      }),
    ],
    [text('overview.data.first'), moment(summary.first_event_at, summary.first_event_precision)],
    [text('overview.data.last'), moment(summary.last_event_at, summary.last_event_precision)],
    [text('overview.data.asOf'), moment(context.asOf)],
    [text('overview.data.zone'), context.timeZone],
    ...(days
      ? [[text('overview.data.precision'), text('precision.times', { days, all })] as Line]
      : []),
    [text('overview.data.source'), version.source],
    [text('overview.data.refused'), <Refused key="refused" log={log} version={version} />],
  ];
  return (
    <Card
      title={text('overview.data')}
      actions={
        <Link to="/data/$log" params={{ log: String(log.id) }} preload={false}>
          {text('overview.data.all')}
        </Link>
      }
    >
      <Facts lines={lines} className={styles.facts} />
    </Card>
  );
}

/** Rows left out at the import, with a link to the report. */
function Refused({ log, version }: Pick<DataCardProps, 'log' | 'version'>) {
  const text = useText();
  const { data, error } = useQuery(reportQuery(log.id, version.number));
  if (!data) {
    const failure = error && failureOf(error);
    return failure?.kind === 'problem'
      ? failure.problem.detail
      : error
        ? text('overview.failed')
        : '…';
  }
  return (
    <Link
      to="/data/$log/versions/$version"
      params={{ log: String(log.id), version: String(version.number) }}
      preload={false}
    >
      {text('overview.data.refused.of', { refused: data.rows_refused, rows: data.rows_read })}
    </Link>
  );
}
