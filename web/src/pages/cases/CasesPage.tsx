// The cases of a log: opens the log and the version that the address names.
import { getRouteApi } from '@tanstack/react-router';
import { useCallback } from 'react';
import { OpenLog } from '../log/OpenLog';
import { WaitingRows } from '../log/WaitingRows';
import { CasesView } from './CasesView';
import type { CasesSearch } from './search';

const route = getRouteApi('/cases/$log');

export function CasesPage() {
  const { log } = route.useParams();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const change = useCallback(
    (changed: Partial<CasesSearch>, replace: boolean) =>
      void navigate({ search: (before) => ({ ...before, ...changed }), replace }),
    [navigate],
  );
  return (
    <OpenLog
      id={log}
      wanted={search.version}
      place="place.cases"
      waiting={<WaitingRows />}
      onCurrent={() => change({ version: undefined }, false)}
    >
      {(opened) => (
        <CasesView key={opened.version.id} {...opened} search={search} onSearch={change} />
      )}
    </OpenLog>
  );
}
