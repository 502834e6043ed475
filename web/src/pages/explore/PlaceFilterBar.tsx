// The filters of a place of a log, from its address and back into it.
import { Button } from '@mantine/core';
import { Link, useRouter, useRouterState, useSearch } from '@tanstack/react-router';
import { GitCompareArrows } from 'lucide-react';
import type { Log, Version } from '../../api/types';
import { type Chip, chipsOf, searchOf } from '../../filters/chips';
import { Filters } from '../../filters/Filters';
import { useText } from '../../text/useText';
import { restAddress } from '../compare/rest';

export interface PlaceFilterBarProps {
  log: Log;
  version: Version;
}

export function PlaceFilterBar({ log, version }: PlaceFilterBarProps) {
  const search = useSearch({ strict: false });
  const router = useRouter();
  const change = (chips: Chip[]) =>
    void router.navigate({ to: '.', search: (before) => ({ ...before, ...searchOf(chips) }) });
  const chips = chipsOf({ ...search });
  return (
    <Filters
      log={log.id}
      version={version}
      chips={chips}
      onChange={change}
      more={<CompareRest log={log.id} version={search.version} chips={chips} />}
    />
  );
}

interface CompareRestProps {
  log: number;
  version: number | undefined;
  chips: Chip[];
}

/** What the filters keep beside all that they do not keep. */
function CompareRest({ log, version, chips }: CompareRestProps) {
  const text = useText();
  const isThere = useRouterState({
    select: ({ location }) => location.pathname.startsWith('/compare/'),
  });
  const rest = restAddress(chips);
  if (isThere || rest === null) return null;
  return (
    <Button
      size="compact-sm"
      variant="subtle"
      className="not-printed"
      leftSection={<GitCompareArrows size={14} aria-hidden />}
      renderRoot={(props) => (
        <Link
          {...props}
          to="/compare/$log"
          params={{ log: String(log) }}
          search={{ version, ...rest }}
          preload={false}
        />
      )}
    >
      {text('filters.compare')}
    </Button>
  );
}
