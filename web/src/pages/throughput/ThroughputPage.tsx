// The page "Throughput".
import { PlacePage } from '../explore/PlacePage';
import { askAhead } from './asked';
import { ThroughputView } from './ThroughputView';

export function ThroughputPage() {
  return <PlacePage place="place.throughput" View={ThroughputView} />;
}

ThroughputPage.askAhead = askAhead;
