// The address of the page "People": the log, its version, and what was chosen.
import { getRouteApi } from '@tanstack/react-router';
import { OpenLog } from '../explore/OpenLog';
import { Skeleton } from '../explore/Skeleton';
import { useIgnoredWords } from '../explore/useIgnoredWords';
import { PeopleView } from './PeopleView';
import { validatePeopleSearch } from './search';

const route = getRouteApi('/people/$log');

export function PeoplePage() {
  const { log } = route.useParams();
  const search = route.useSearch();
  const ignored = useIgnoredWords(validatePeopleSearch);
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
          ignored={ignored}
          onSearch={(change, { replace = false } = {}) =>
            void navigate({ search: (before) => ({ ...before, ...change }), replace })
          }
        />
      )}
    </OpenLog>
  );
}
