// The page "Dotted chart".
import { PlacePage } from '../explore/PlacePage';
import { askAhead } from './asked';
import { DottedView } from './DottedView';

export function DottedPage() {
  return <PlacePage place="place.dotted" View={DottedView} />;
}

DottedPage.askAhead = askAhead;
