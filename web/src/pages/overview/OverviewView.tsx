// A log at a glance: how large and how fresh it is, how it mostly runs, where time goes, what is new.
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { schemaQuery } from '../../api/logs';
import {
  changesQuery,
  type FiguresOfVersion,
  figuresQuery,
  pathsQuery,
  peopleQuery,
} from '../../api/overview';
import { useFormats } from '../../format';
import { useRichText, useText } from '../../text/useText';
import { LogFrame } from '../explore/LogFrame';
import type { LogSearch } from '../explore/search';
import type { LogViewProps } from '../explore/view';
import { SavedViewsCard } from '../views/SavedViewsCard';
import { ChangesCard } from './ChangesCard';
import { DataCard } from './DataCard';
import { DurationsCard } from './DurationsCard';
import { HappyPathCard } from './HappyPathCard';
import styles from './Overview.module.css';
import { Tiles } from './Tiles';
import { WaitsCard } from './WaitsCard';

const NOTHING: unknown[] = [];

export function OverviewView({ log, version, note, search }: LogViewProps<LogSearch>) {
  const text = useText();
  const filters = useMemo(() => search.filters ?? NOTHING, [search.filters]);
  const scope = { version: version.id, filters };
  // All are asked at once; each card waits for its own answer.
  const figures = useQuery({ ...figuresQuery(scope), placeholderData: keepPreviousData });
  const paths = useQuery({ ...pathsQuery(scope), placeholderData: keepPreviousData });
  const schema = useQuery(schemaQuery(log.id, version.number));
  const resource = schema.data?.resource ?? null;
  const people = useQuery({ ...peopleQuery(scope, resource), placeholderData: keepPreviousData });
  const isFirst = log.version_count <= 1 || (version.number === 1 && version.parent === null);
  const changes = useQuery({ ...changesQuery(log.id, version.number), enabled: !isFirst });
  // Whoever tries the page again tries all of it.
  const refetch: typeof figures.refetch = (options) => {
    for (const other of [paths, people, changes]) if (other.isError) void other.refetch();
    return figures.refetch(options);
  };
  const whole = { ...figures, refetch } as typeof figures;
  return (
    <LogFrame
      {...{ log, version, search, filters }}
      title={text('overview.title')}
      summary={(answer) => <Summary answer={answer} />}
      note={note}
      ignored={[]}
      query={whole}
      // The path of the process stands above the rest, and has no known height before it comes.
      isReady={!paths.isPending}
    >
      {(answer) => (
        <>
          <Tiles
            answer={answer}
            people={people}
            paths={paths.data}
            resource={schema.data ? resource : undefined}
            isFiltered={filters.length > 0}
          />
          <HappyPathCard version={version} query={paths} />
          <div className={styles.grid}>
            <div className={styles.column}>
              <DurationsCard part={answer.throughput} onRetry={() => void figures.refetch()} />
              <DataCard log={log} version={version} answer={answer} />
            </div>
            <div className={styles.column}>
              <WaitsCard query={paths} />
              <ChangesCard {...{ isFirst }} query={changes} timeZone={answer.context.timeZone} />
              <SavedViewsCard log={log.id} />
            </div>
          </div>
          <p className={styles.foot}>{text('overview.scope')}</p>
        </>
      )}
    </LogFrame>
  );
}

/** Its days are those of the zone of the log: what is known to the day has no other. */
function Summary({ answer }: { answer: FiguresOfVersion }) {
  const rich = useRichText();
  const format = useFormats(answer.context.timeZone);
  const { cases, activities, first_event_at: first, last_event_at: last } = answer.summary;
  if (!first || !last) return null;
  return rich('overview.summary', {
    cases,
    activities,
    period: format.period(first, last),
    b: (parts) => <b key={String(parts)}>{parts}</b>,
  });
}
