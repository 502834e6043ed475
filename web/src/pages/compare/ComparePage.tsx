// The page "Compare".
import { PlacePage } from '../explore/PlacePage';
import { CompareView } from './CompareView';

export function ComparePage() {
  return <PlacePage place="place.compare" View={CompareView} />;
}
