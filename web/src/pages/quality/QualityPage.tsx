// The page "Data quality".
import { PlacePage } from '../explore/PlacePage';
import { askAhead } from './asked';
import { QualityView } from './QualityView';

export function QualityPage() {
  return <PlacePage place="place.quality" View={QualityView} />;
}

QualityPage.askAhead = askAhead;
