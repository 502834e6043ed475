// The page "Cases".
import { PlacePage } from '../explore/PlacePage';
import type { LogViewProps } from '../explore/view';
import { WaitingRows } from '../log/WaitingRows';
import { askAhead } from './asked';
import { CasesView } from './CasesView';
import type { CasesSearch } from './search';

export function CasesPage() {
  return <PlacePage place="place.cases" View={OfVersion} waiting={<WaitingRows />} />;
}

CasesPage.askAhead = askAhead;

/** What was done on the page with one version is not done with another. */
function OfVersion(props: LogViewProps<CasesSearch>) {
  return <CasesView key={props.version.id} {...props} />;
}
