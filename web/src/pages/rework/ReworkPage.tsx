// The address of the page "Rework": the log, its version, and what was chosen.
import { getRouteApi } from '@tanstack/react-router';
import { Skeleton } from '../explore/Skeleton';
import { OpenLog } from '../log/OpenLog';
import { ReworkView } from './ReworkView';

const route = getRouteApi('/rework/$log');

export function ReworkPage() {
  const { log } = route.useParams();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  return (
    <OpenLog
      id={log}
      wanted={search.version}
      place="rework.title"
      waiting={<Skeleton />}
      onCurrent={() => void navigate({ search: (before) => ({ ...before, version: undefined }) })}
    >
      {(opened) => (
        <ReworkView
          {...opened}
          search={search}
          onSearch={(change, { replace = false } = {}) =>
            void navigate({ search: (before) => ({ ...before, ...change }), replace })
          }
        />
      )}
    </OpenLog>
  );
}
