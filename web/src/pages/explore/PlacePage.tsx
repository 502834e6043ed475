// A place of a log: opens the log and the version that the address names, and keeps what is chosen
// on the page in the address.
import { useParams, useRouter, useSearch } from '@tanstack/react-router';
import { type ComponentType, type ReactNode, useCallback } from 'react';
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
  /** What stands there while the log is looked up. */
  waiting?: ReactNode;
}

export function PlacePage<Search extends LogSearch>(props: PlacePageProps<Search>) {
  const { place, View, waiting = <Skeleton /> } = props;
  const { log = '' } = useParams({ strict: false });
  const found = useSearch({ strict: false });
  const search = found as unknown as Search;
  const router = useRouter();
  const change = useCallback(
    (changed: Partial<LogSearch>, { replace = false } = {}) =>
      void router.navigate({ to: '.', search: (before) => ({ ...before, ...changed }), replace }),
    [router],
  );
  return (
    <OpenLog
      id={log}
      wanted={search.version}
      place={place}
      waiting={waiting}
      onCurrent={() => change({ version: undefined })}
    >
      {(opened) => <View {...opened} search={search} onSearch={change} />}
    </OpenLog>
  );
}
