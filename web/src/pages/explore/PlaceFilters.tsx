// The filters of a place of a log, from its address and back into it.
import { useRouter, useSearch } from '@tanstack/react-router';
import type { Log, Version } from '../../api/types';
import { type Chip, chipsOf, searchOf } from '../../filters/chips';
import { Filters } from '../../filters/Filters';

interface PlaceFiltersProps {
  log: Log;
  version: Version;
}

export function PlaceFilters({ log, version }: PlaceFiltersProps) {
  const search = useSearch({ strict: false });
  const router = useRouter();
  const change = (chips: Chip[]) =>
    void router.navigate({ to: '.', search: (before) => ({ ...before, ...searchOf(chips) }) });
  return (
    <Filters log={log.id} version={version} chips={chipsOf({ ...search })} onChange={change} />
  );
}
