// What stands where the filters leave no case: loaded when there is none.
import { useLoaded } from '../../shell/useLoaded';
import type { NoMatchProps } from './NothingLeft';

const loadNothingLeft = () => import('./NothingLeft');

export function NoMatch(props: NoMatchProps) {
  const loaded = useLoaded(loadNothingLeft);
  return loaded ? <loaded.NothingLeft {...props} /> : null;
}
