// The address of the page "Rework": the log, its version, and what was chosen.
import { getRouteApi } from '@tanstack/react-router';
import { OpenLog } from '../explore/OpenLog';
import { Skeleton } from '../explore/Skeleton';
import { useIgnoredWords } from '../explore/useIgnoredWords';
import { ReworkView } from './ReworkView';
import { validateReworkSearch } from './search';

const route = getRouteApi('/rework/$log');

export function ReworkPage() {
  const { log } = route.useParams();
  const search = route.useSearch();
  const ignored = useIgnoredWords(validateReworkSearch);
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
          ignored={ignored}
          onSearch={(change, { replace = false } = {}) =>
            void navigate({ search: (before) => ({ ...before, ...change }), replace })
          }
        />
      )}
    </OpenLog>
  );
}
