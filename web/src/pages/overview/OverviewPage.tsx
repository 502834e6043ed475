// The page "Overview".
import { PlacePage } from '../explore/PlacePage';
import { OverviewView } from './OverviewView';

export function OverviewPage() {
  return <PlacePage place="place.overview" View={OverviewView} />;
}
