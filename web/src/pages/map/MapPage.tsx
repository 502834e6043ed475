// The process map of a log: which version is shown, and what is said when there is none.
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { lazy, Suspense, useEffect, useState } from 'react';
import { logQuery, versionQuery } from '../../api/logs';
import { failureOf } from '../../api/problem';
import type { Log, Version } from '../../api/types';
import { remember } from '../../settings';
import { FailureView } from '../../shell/FailureView';
import { Late } from '../../shell/Late';
import { useTitle } from '../../shell/useTitle';
import { useText } from '../../text/useText';
import { MapView } from './MapView';
import { Skeleton } from './Skeleton';
import { NewerVersion, OlderVersion } from './VersionNotes';

const ASK_AGAIN_MS = 30_000;
/** Loaded when it is needed. */
const NoData = lazy(async () => ({ default: (await import('./NoData')).NoData }));

const route = getRouteApi('/map/$log');

export function MapPage() {
  const { log: id } = route.useParams();
  const text = useText();
  const query = useQuery({
    ...logQuery(Number(id)),
    refetchInterval: ASK_AGAIN_MS,
    refetchOnWindowFocus: true,
  });
  const log = query.data;
  useTitle(log ? `${text('place.map')} · ${log.name}` : text('place.map'));
  if (log)
    return (
      <Suspense>
        {log.current ? <MapOfLog key={log.id} log={log} current={log.current} /> : <NoData />}
      </Suspense>
    );
  if (query.error) {
    return <FailureView failure={failureOf(query.error)} onRetry={() => void query.refetch()} />;
  }
  return (
    <Late>
      <Skeleton />
    </Late>
  );
}

/** The version that was opened stays until somebody asks for the newer one. */
function MapOfLog({ log, current }: { log: Log; current: Version }) {
  const { version: wanted } = route.useSearch();
  const navigate = route.useNavigate();
  const [opened, setOpened] = useState(current.number);
  useEffect(() => remember({ lastLog: log.id }), [log.id]);
  const number = wanted ?? opened;
  const isCurrent = number === current.number;
  const other = useQuery({ ...versionQuery(log.id, number), enabled: !isCurrent });
  const version = isCurrent ? current : other.data;
  if (version === undefined) {
    return other.error ? (
      <FailureView failure={failureOf(other.error)} onRetry={() => void other.refetch()} />
    ) : (
      <Late>
        <Skeleton />
      </Late>
    );
  }
  const openCurrent = () => {
    setOpened(current.number);
    void navigate({ search: (before) => ({ ...before, version: undefined }) });
  };
  const note = isCurrent ? null : wanted === undefined ? (
    <NewerVersion current={current} onOpen={openCurrent} />
  ) : (
    <OlderVersion number={number} current={current} onOpen={openCurrent} />
  );
  return <MapView log={log} version={version} note={note} />;
}
