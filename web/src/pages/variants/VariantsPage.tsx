// The page "Variants".
import { PlacePage } from '../explore/PlacePage';
import type { LogViewProps } from '../explore/view';
import { WaitingRows } from '../log/WaitingRows';
import { askAhead } from './asked';
import type { VariantsSearch } from './search';
import { VariantsView } from './VariantsView';

export function VariantsPage() {
  return <PlacePage place="place.variants" View={OfVersion} waiting={<WaitingRows />} />;
}

VariantsPage.askAhead = askAhead;

/** What was done on the page with one version is not done with another. */
function OfVersion(props: LogViewProps<VariantsSearch>) {
  return <VariantsView key={props.version.id} {...props} />;
}
