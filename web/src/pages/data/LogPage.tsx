// One log: its versions, what they hold, and what can be done with them.
import { Anchor, Button, Skeleton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { ArrowLeft, FilePlus, Map as MapIcon, SlidersHorizontal } from 'lucide-react';
import { logQuery, logsQuery, versionsQuery } from '../../api/logs';
import { failureOf } from '../../api/problem';
import { FailureView } from '../../shell/FailureView';
import { Late } from '../../shell/Late';
import { Page } from '../../shell/Page';
import { useText } from '../../text/useText';
import { LogActions } from './LogActions';
import { RetentionPanel } from './RetentionPanel';
import { VersionTable } from './VersionTable';

const route = getRouteApi('/data/$log');

export function LogPage() {
  const text = useText();
  const id = Number(route.useParams().log);
  const log = useQuery(logQuery(id));
  const versions = useQuery(versionsQuery(id));
  const { data: logs = [] } = useQuery(logsQuery);
  const failed = [log, versions].find((query) => query.isError && !query.data);
  return (
    <Page
      title={log.data?.name ?? text('data.log')}
      subtitle={text('data.versions.subtitle')}
      back={<BackToData />}
      actions={
        log.data && (
          <>
            <Button
              variant="default"
              leftSection={<FilePlus size={16} aria-hidden />}
              renderRoot={(props) => <Link to="/data/import" search={{ into: id }} {...props} />}
            >
              {text('data.addEvents')}
            </Button>
            <Button
              variant="default"
              leftSection={<SlidersHorizontal size={16} aria-hidden />}
              renderRoot={(props) => (
                <Link to="/data/$log/settings" params={{ log: String(id) }} {...props} />
              )}
            >
              {text('data.settings')}
            </Button>
            {log.data.current && (
              <Button
                leftSection={<MapIcon size={16} aria-hidden />}
                renderRoot={(props) => (
                  <Link to="/map/$log" params={{ log: String(id) }} {...props} />
                )}
              >
                {text('data.openMap')}
              </Button>
            )}
            <LogActions
              log={log.data}
              otherNames={logs.filter((other) => other.id !== id).map((other) => other.name)}
            />
          </>
        )
      }
    >
      {failed && <FailureView failure={failureOf(failed.error)} onRetry={() => failed.refetch()} />}
      {!failed && !(log.data && versions.data) && (
        <Late>
          <Skeleton height={160} radius="md" />
        </Late>
      )}
      {log.data && versions.data && (
        <>
          <VersionTable log={log.data} versions={versions.data} />
          <RetentionPanel key={log.dataUpdatedAt} log={log.data} />
        </>
      )}
    </Page>
  );
}

function BackToData() {
  const text = useText();
  return (
    <Anchor size="sm" renderRoot={(props) => <Link to="/data" {...props} />}>
      <ArrowLeft size={14} aria-hidden style={{ verticalAlign: '-2px' }} /> {text('data.back')}
    </Anchor>
  );
}
