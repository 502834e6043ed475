// What of a log can be looked at: the places of the rail, in their order. Each is a page with a
// route in `router.tsx` and a line here; going from one to another keeps version and filters.
import {
  ChartScatter,
  Funnel,
  GitCompareArrows,
  LayoutDashboard,
  type LucideIcon,
  Map as MapIcon,
  Repeat2,
  Route,
  Rows3,
  Timer,
  Users,
} from 'lucide-react';
import type { TextKey } from '../../text/messages';

type PlaceName =
  | 'overview'
  | 'map'
  | 'variants'
  | 'cases'
  | 'funnel'
  | 'throughput'
  | 'rework'
  | 'people'
  | 'dotted'
  | 'compare';

export interface Place {
  /** The place of one log, and of the log opened last. */
  to: `/${PlaceName}/$log`;
  last: `/${PlaceName}`;
  name: TextKey;
  icon: LucideIcon;
}

export const PLACES: Place[] = [
  { to: '/overview/$log', last: '/overview', name: 'place.overview', icon: LayoutDashboard },
  { to: '/map/$log', last: '/map', name: 'place.map', icon: MapIcon },
  { to: '/variants/$log', last: '/variants', name: 'place.variants', icon: Route },
  { to: '/cases/$log', last: '/cases', name: 'place.cases', icon: Rows3 },
  { to: '/funnel/$log', last: '/funnel', name: 'place.funnel', icon: Funnel },
  { to: '/throughput/$log', last: '/throughput', name: 'place.throughput', icon: Timer },
  { to: '/rework/$log', last: '/rework', name: 'place.rework', icon: Repeat2 },
  { to: '/people/$log', last: '/people', name: 'place.people', icon: Users },
  { to: '/dotted/$log', last: '/dotted', name: 'place.dotted', icon: ChartScatter },
  { to: '/compare/$log', last: '/compare', name: 'place.compare', icon: GitCompareArrows },
];
