// What only paper needs comes once the page is there.
import { useLoaded } from '../../shell/useLoaded';
import type { Looked } from './looked';

const loadCaption = () => import('./PrintedCaption');

export function Printed(looked: Looked) {
  const loaded = useLoaded(loadCaption);
  return loaded ? <loaded.PrintedCaption {...looked} /> : null;
}
