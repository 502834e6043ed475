// Where the filters of a place stand: the bar is there at once, what is in it a moment later.
import { FilterBar } from '../../shell/FilterBar';
import { ahead, useLoaded } from '../../shell/useLoaded';
import { useText } from '../../text/useText';
import type { PlaceFilterBarProps } from './PlaceFilterBar';

/** On its way while the page asks for its log. */
const loadBar = ahead(() => import('./PlaceFilterBar'));

export function PlaceFilters(props: PlaceFilterBarProps) {
  const text = useText();
  const loaded = useLoaded(loadBar);
  if (loaded) return <loaded.PlaceFilterBar {...props} />;
  return <FilterBar name={text('filters.bar')}>{null}</FilterBar>;
}
