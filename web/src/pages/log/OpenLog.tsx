// Which log and version a page shows, and what is said when there is none: common to every page
// that looks into a log.
import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { lazy, type ReactNode, Suspense, useEffect, useMemo, useState } from 'react';
import { logQuery, versionQuery } from '../../api/logs';
import { type Failure, failureOf } from '../../api/problem';
import type { Log, Version } from '../../api/types';
import { remember } from '../../settings';
import { FailureView } from '../../shell/FailureView';
import { Late } from '../../shell/Late';
import { useShows } from '../../shell/shownVersion';
import { useTitle } from '../../shell/useTitle';
import type { TextKey } from '../../text/messages';
import { useText } from '../../text/useText';
import { MissingPage } from '../missing/MissingPage';
import { TakenFrom } from './looked';
import { NoData } from './NoData';
import { NewerVersion, OlderVersion } from './VersionNotes';

/** Loaded when it is needed. */
const NoVersion = lazy(async () => ({ default: (await import('./NoVersion')).NoVersion }));

const ASK_AGAIN_MS = 30_000;

export interface OpenedLog {
  log: Log;
  version: Version;
  /** What is to be said about the version. */
  note: ReactNode;
}

interface OpenLogProps {
  /** The log, as the address names it. */
  id: string;
  /** The version that the address names; the current one when absent. */
  wanted: number | undefined;
  /** The name of the page, for the title of the tab. */
  place: TextKey;
  /** What stands there while the log is looked up. */
  waiting: ReactNode;
  /** Takes the version out of the address. */
  onCurrent: () => void;
  children: (opened: OpenedLog) => ReactNode;
}

/** What is no number is no log. */
export function OpenLog(props: OpenLogProps) {
  return Number.isSafeInteger(Number(props.id)) ? <NumberedLog {...props} /> : <MissingPage />;
}

function NumberedLog({ id, place, ...props }: OpenLogProps) {
  const text = useText();
  const query = useQuery({
    ...logQuery(Number(id)),
    refetchInterval: ASK_AGAIN_MS,
    refetchOnWindowFocus: true,
  });
  const log = query.data;
  useTitle(log ? `${text(place)} · ${log.name}` : text(place));
  if (log)
    return log.current ? (
      <VersionOfLog key={log.id} log={log} current={log.current} {...props} />
    ) : (
      <NoData />
    );
  if (query.error) {
    const failure = failureOf(query.error);
    const way = isProblem(failure, 'log_not_found') && <ToLogs />;
    return <FailureView {...{ failure, way }} onRetry={() => void query.refetch()} />;
  }
  return <Late>{props.waiting}</Late>;
}

/** To the list of those that there are. */
function ToLogs() {
  const text = useText();
  return (
    <Button size="xs" renderRoot={(props) => <Link to="/data" {...props} />}>
      {text('missing.back')}
    </Button>
  );
}

interface VersionOfLogProps extends Omit<OpenLogProps, 'id' | 'place'> {
  log: Log;
  current: Version;
}

/** The version that was opened stays until somebody asks for the newer one. */
function VersionOfLog(props: VersionOfLogProps) {
  const { log, current, wanted, waiting, onCurrent, children } = props;
  const [opened, setOpened] = useState(current.number);
  useEffect(() => remember({ lastLog: log.id }), [log.id]);
  const number = wanted ?? opened;
  useShows(log.id, number);
  const isCurrent = number === current.number;
  const other = useQuery({ ...versionQuery(log.id, number), enabled: !isCurrent });
  const version = isCurrent ? current : other.data;
  const named = useMemo(() => (version ? { log, version } : null), [log, version]);
  const openCurrent = () => {
    setOpened(current.number);
    onCurrent();
  };
  if (other.error && isProblem(failureOf(other.error), 'version_not_found')) {
    return (
      <Suspense>
        <NoVersion {...{ log, number, current }} onCurrent={openCurrent} />
      </Suspense>
    );
  }
  if (version === undefined) {
    return other.error ? (
      <FailureView failure={failureOf(other.error)} onRetry={() => void other.refetch()} />
    ) : (
      <Late>{waiting}</Late>
    );
  }
  const note = isCurrent ? null : wanted === undefined ? (
    <NewerVersion number={number} current={current} onOpen={openCurrent} />
  ) : (
    <OlderVersion number={number} current={current} onOpen={openCurrent} />
  );
  return <TakenFrom value={named}>{children({ log, version, note })}</TakenFrom>;
}

function isProblem(failure: Failure, code: string): boolean {
  return failure.kind === 'problem' && failure.problem.code === code;
}
