// What of a log can be looked at: the places of the rail, in their order. Each is a page with a
// route in `router.tsx` and a line here; going from one to another keeps version and filters.
import { type LucideIcon, Map as MapIcon, Route, Rows3 } from 'lucide-react';
import type { TextKey } from '../../text/messages';

export interface Place {
  /** The place of one log, and of the log opened last. */
  to: '/map/$log' | '/variants/$log' | '/cases/$log';
  last: '/map' | '/variants' | '/cases';
  name: TextKey;
  icon: LucideIcon;
}

export const PLACES: Place[] = [
  { to: '/map/$log', last: '/map', name: 'place.map', icon: MapIcon },
  { to: '/variants/$log', last: '/variants', name: 'place.variants', icon: Route },
  { to: '/cases/$log', last: '/cases', name: 'place.cases', icon: Rows3 },
];
