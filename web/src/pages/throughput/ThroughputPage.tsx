// The address of the page "Throughput": the log, its version, and what was chosen.
import { getRouteApi } from '@tanstack/react-router';
import { Skeleton } from '../explore/Skeleton';
import { OpenLog } from '../log/OpenLog';
import { ThroughputView } from './ThroughputView';

const route = getRouteApi('/throughput/$log');

export function ThroughputPage() {
  const { log } = route.useParams();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  return (
    <OpenLog
      id={log}
      wanted={search.version}
      place="throughput.title"
      waiting={<Skeleton />}
      onCurrent={() => void navigate({ search: (before) => ({ ...before, version: undefined }) })}
    >
      {(opened) => (
        <ThroughputView
          {...opened}
          search={search}
          onSearch={(change, { replace } = {}) =>
            void navigate({
              search: (before) => ({ ...before, ...change }),
              replace: replace ?? false,
            })
          }
        />
      )}
    </OpenLog>
  );
}
