// What of a log can be looked at: the places of the rail, in their order. Each is a page with a
// route in `router.tsx` and a line here; going from one to another keeps version and filters.
import {
  ChartScatter,
  GitCompareArrows,
  type LucideIcon,
  Map as MapIcon,
  Repeat2,
  Route,
  Rows3,
  Timer,
  Users,
} from 'lucide-react';
import type { TextKey } from '../../text/messages';

export interface Place {
  /** The place of one log, and of the log opened last. */
  to:
    | '/map/$log'
    | '/variants/$log'
    | '/cases/$log'
    | '/throughput/$log'
    | '/rework/$log'
    | '/people/$log'
    | '/dotted/$log'
    | '/compare/$log';
  last:
    | '/map'
    | '/variants'
    | '/cases'
    | '/throughput'
    | '/rework'
    | '/people'
    | '/dotted'
    | '/compare';
  name: TextKey;
  icon: LucideIcon;
}

export const PLACES: Place[] = [
  { to: '/map/$log', last: '/map', name: 'place.map', icon: MapIcon },
  { to: '/variants/$log', last: '/variants', name: 'place.variants', icon: Route },
  { to: '/cases/$log', last: '/cases', name: 'place.cases', icon: Rows3 },
  { to: '/throughput/$log', last: '/throughput', name: 'place.throughput', icon: Timer },
  { to: '/rework/$log', last: '/rework', name: 'place.rework', icon: Repeat2 },
  { to: '/people/$log', last: '/people', name: 'place.people', icon: Users },
  { to: '/dotted/$log', last: '/dotted', name: 'place.dotted', icon: ChartScatter },
  { to: '/compare/$log', last: '/compare', name: 'place.compare', icon: GitCompareArrows },
];
