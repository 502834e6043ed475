// The page "Funnel".
import { PlacePage } from '../explore/PlacePage';
import { FunnelView } from './FunnelView';

export function FunnelPage() {
  return <PlacePage place="place.funnel" View={FunnelView} />;
}
