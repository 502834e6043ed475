// A place of a log: opens the log and the version that the address names, and keeps what is chosen
// on the page in the address.
import { useParams, useRouter, useSearch } from '@tanstack/react-router';
import type { ComponentType } from 'react';
import type { TextKey } from '../../text/messages';
import { OpenLog } from '../log/OpenLog';
import { Skeleton } from './Skeleton';
import type { LogSearch } from './search';
import type { LogViewProps } from './view';

interface PlacePageProps<Search extends LogSearch> {
  /** The name of the place, for the title of the tab. */
  place: TextKey;
  /** The search that the route has validated is the one that the view takes. */
  View: ComponentType<LogViewProps<Search>>;
}

export function PlacePage<Search extends LogSearch>({ place, View }: PlacePageProps<Search>) {
  const { log = '' } = useParams({ strict: false });
  const found = useSearch({ strict: false });
  const search = found as unknown as Search;
  const router = useRouter();
  const change = (changed: Partial<LogSearch>, replace: boolean) =>
    void router.navigate({ to: '.', search: (before) => ({ ...before, ...changed }), replace });
  return (
    <OpenLog
      id={log}
      wanted={search.version}
      place={place}
      waiting={<Skeleton />}
      onCurrent={() => change({ version: undefined }, false)}
    >
      {(opened) => (
        <View
          {...opened}
          search={search}
          onSearch={(changed, { replace = false } = {}) => change(changed, replace)}
        />
      )}
    </OpenLog>
  );
}
