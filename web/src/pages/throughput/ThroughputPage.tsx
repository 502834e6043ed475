// The address of the page "Throughput": the log, its version, and what was chosen.
import { getRouteApi } from '@tanstack/react-router';
import { OpenLog } from '../explore/OpenLog';
import { Skeleton } from '../explore/Skeleton';
import { useIgnoredWords } from '../explore/useIgnoredWords';
import { validateThroughputSearch } from './search';
import { ThroughputView } from './ThroughputView';

const route = getRouteApi('/throughput/$log');

export function ThroughputPage() {
  const { log } = route.useParams();
  const search = route.useSearch();
  const ignored = useIgnoredWords(validateThroughputSearch);
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
          ignored={ignored}
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
