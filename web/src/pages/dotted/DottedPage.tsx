// The address of the page "Dotted chart": the log, its version, and what was chosen.
import { getRouteApi } from '@tanstack/react-router';
import { OpenLog } from '../explore/OpenLog';
import { Skeleton } from '../explore/Skeleton';
import { useIgnoredWords } from '../explore/useIgnoredWords';
import { DottedView } from './DottedView';
import { validateDottedSearch } from './search';

const route = getRouteApi('/dotted/$log');

export function DottedPage() {
  const { log } = route.useParams();
  const search = route.useSearch();
  const ignored = useIgnoredWords(validateDottedSearch);
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
          ignored={ignored}
          onSearch={(change, { replace = false } = {}) =>
            void navigate({ search: (before) => ({ ...before, ...change }), replace })
          }
        />
      )}
    </OpenLog>
  );
}
