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
  ShieldCheck,
  Timer,
  Users,
} from 'lucide-react';

const ICONS = {
  overview: LayoutDashboard,
  map: MapIcon,
  variants: Route,
  cases: Rows3,
  funnel: Funnel,
  throughput: Timer,
  rework: Repeat2,
  people: Users,
  dotted: ChartScatter,
  compare: GitCompareArrows,
  quality: ShieldCheck,
};

export type PlaceName = keyof typeof ICONS;

export interface Place {
  /** The place of one log, and of the log opened last. */
  to: `/${PlaceName}/$log`;
  last: `/${PlaceName}`;
  name: `place.${PlaceName}`;
  icon: LucideIcon;
  /** Whether it is about the cases that filters keep, or about all. */
  hasFilters: boolean;
}

const names = Object.keys(ICONS) as PlaceName[];

export const PLACES = names.map(
  (name): Place => ({
    to: `/${name}/$log`,
    last: `/${name}`,
    name: `place.${name}`,
    icon: ICONS[name],
    hasFilters: name !== 'quality',
  }),
);
