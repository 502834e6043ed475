// The page "People".
import { PlacePage } from '../explore/PlacePage';
import { askAhead } from './asked';
import { PeopleView } from './PeopleView';

export function PeoplePage() {
  return <PlacePage place="place.people" View={PeopleView} />;
}

PeoplePage.askAhead = askAhead;
