// The process map of a log: opens the log and the version that the address names.
import { getRouteApi } from '@tanstack/react-router';
import { OpenLog } from '../log/OpenLog';
import { askAhead } from './asked';
import { MapView } from './MapView';
import { Skeleton } from './Skeleton';

const route = getRouteApi('/map/$log');

export function MapPage() {
  const { log } = route.useParams();
  const { version } = route.useSearch();
  const navigate = route.useNavigate();
  return (
    <OpenLog
      id={log}
      wanted={version}
      place="place.map"
      waiting={<Skeleton />}
      onCurrent={() => void navigate({ search: (before) => ({ ...before, version: undefined }) })}
    >
      {(opened) => <MapView {...opened} />}
    </OpenLog>
  );
}

MapPage.askAhead = askAhead;
