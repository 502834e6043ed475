// The filters of the map, from its address and back into it.
import { getRouteApi } from '@tanstack/react-router';
import type { Log, Version } from '../../api/types';
import { type Chip, chipsOf, searchOf } from '../../filters/chips';
import { Filters } from '../../filters/Filters';

const route = getRouteApi('/map/$log');

export function FilterChips({ log, version }: { log: Log; version: Version }) {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const change = (chips: Chip[]) =>
    void navigate({ search: (before) => ({ ...before, ...searchOf(chips) }) });
  return (
    <Filters log={log.id} version={version} chips={chipsOf({ ...search })} onChange={change} />
  );
}
