// The page "Rework".
import { PlacePage } from '../explore/PlacePage';
import { askAhead } from './asked';
import { ReworkView } from './ReworkView';

export function ReworkPage() {
  return <PlacePage place="place.rework" View={ReworkView} />;
}

ReworkPage.askAhead = askAhead;
