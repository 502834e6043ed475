// The address of the page "Dotted chart": the log, its version, and what was chosen.
import { getRouteApi } from '@tanstack/react-router';
import { Skeleton } from '../explore/Skeleton';
import { OpenLog } from '../log/OpenLog';
import { DottedView } from './DottedView';

const route = getRouteApi('/dotted/$log');

export function DottedPage() {
  const { log } = route.useParams();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  return (
    <OpenLog
      id={log}
      wanted={search.version}
      place="dotted.title"
      waiting={<Skeleton />}
      onCurrent={() => void navigate({ search: (before) => ({ ...before, version: undefined }) })}
    >
      {(opened) => (
        <DottedView
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
