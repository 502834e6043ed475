// What of a log can be looked at: the places of the rail, in their order. Each is a page with a
// route in `router.tsx` and a line here; going from one to another keeps version and filters.
import { type LucideIcon, Map as MapIcon } from 'lucide-react';
import type { TextKey } from '../../text/messages';

export interface Place {
  /** The place of one log, and of the log opened last. */
  to: '/map/$log';
  last: '/map';
  name: TextKey;
  icon: LucideIcon;
}

export const PLACES: Place[] = [
  { to: '/map/$log', last: '/map', name: 'place.map', icon: MapIcon },
];
