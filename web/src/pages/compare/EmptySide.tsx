// What stands where one side has no case: loaded when there is none.
import { useLoaded } from '../../shell/useLoaded';
import type { EmptySideProps } from './NothingOnSide';

const loadNothing = () => import('./NothingOnSide');

export function EmptySide(props: EmptySideProps) {
  const loaded = useLoaded(loadNothing);
  return loaded ? <loaded.NothingOnSide {...props} /> : null;
}
