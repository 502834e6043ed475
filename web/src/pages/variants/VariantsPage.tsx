// The variants of a log: opens the log and the version that the address names.
import { getRouteApi } from '@tanstack/react-router';
import { useCallback } from 'react';
import { OpenLog } from '../log/OpenLog';
import { WaitingRows } from '../log/WaitingRows';
import type { VariantsSearch } from './search';
import { VariantsView } from './VariantsView';

const route = getRouteApi('/variants/$log');

export function VariantsPage() {
  const { log } = route.useParams();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const change = useCallback(
    (changed: Partial<VariantsSearch>, replace: boolean) =>
      void navigate({ search: (before) => ({ ...before, ...changed }), replace }),
    [navigate],
  );
  return (
    <OpenLog
      id={log}
      wanted={search.version}
      place="place.variants"
      waiting={<WaitingRows />}
      onCurrent={() => change({ version: undefined }, false)}
    >
      {(opened) => (
        <VariantsView key={opened.version.id} {...opened} search={search} onSearch={change} />
      )}
    </OpenLog>
  );
}
