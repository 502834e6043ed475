// The address of the page "People": the log, its version, and what was chosen.
import { getRouteApi } from '@tanstack/react-router';
import { Skeleton } from '../explore/Skeleton';
import { OpenLog } from '../log/OpenLog';
import { PeopleView } from './PeopleView';

const route = getRouteApi('/people/$log');

export function PeoplePage() {
  const { log } = route.useParams();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  return (
    <OpenLog
      id={log}
      wanted={search.version}
      place="people.title"
      waiting={<Skeleton />}
      onCurrent={() => void navigate({ search: (before) => ({ ...before, version: undefined }) })}
    >
      {(opened) => (
        <PeopleView
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
