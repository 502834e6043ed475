// Which page an address shows. All routes stand here; their search parameters in the pages.
import type { QueryClient } from '@tanstack/react-query';
import {
  createRootRouteWithContext,
  createRoute,
  createRouter,
  lazyRouteComponent,
  redirect,
} from '@tanstack/react-router';
import { logsQuery } from './api/logs';
import { validateImportSearch } from './pages/data/import/search';
import { validateDottedSearch } from './pages/dotted/search';
import { validateMapSearch } from './pages/map/search';
import { MissingPage } from './pages/missing/MissingPage';
import { validatePeopleSearch } from './pages/people/search';
import { validateReworkSearch } from './pages/rework/search';
import { validateThroughputSearch } from './pages/throughput/search';
import { settings } from './settings';
import { PageFault } from './shell/PageFault';
import { Shell } from './shell/Shell';

interface Context {
  queries: QueryClient;
}

const root = createRootRouteWithContext<Context>()({
  component: Shell,
  notFoundComponent: MissingPage,
  errorComponent: PageFault,
});

/** The map of the log opened last, else of the newest; the data page when there is none. */
async function openLastMap({ context }: { context: Context }) {
  const logs = await context.queries.ensureQueryData(logsQuery).catch(() => []);
  const usable = logs.filter((log) => log.current);
  const chosen = usable.find((log) => log.id === settings().lastLog) ?? usable.at(-1);
  throw chosen
    ? redirect({ to: '/map/$log', params: { log: String(chosen.id) }, replace: true })
    : redirect({ to: '/data', replace: true });
}

const home = createRoute({ getParentRoute: () => root, path: '/', beforeLoad: openLastMap });
const lastMap = createRoute({ getParentRoute: () => root, path: '/map', beforeLoad: openLastMap });

const map = createRoute({
  getParentRoute: () => root,
  path: '/map/$log',
  validateSearch: validateMapSearch,
  component: lazyRouteComponent(() => import('./pages/map/MapPage'), 'MapPage'),
});

const throughput = createRoute({
  getParentRoute: () => root,
  path: '/throughput/$log',
  validateSearch: validateThroughputSearch,
  component: lazyRouteComponent(
    () => import('./pages/throughput/ThroughputPage'),
    'ThroughputPage',
  ),
});

const rework = createRoute({
  getParentRoute: () => root,
  path: '/rework/$log',
  validateSearch: validateReworkSearch,
  component: lazyRouteComponent(() => import('./pages/rework/ReworkPage'), 'ReworkPage'),
});

const people = createRoute({
  getParentRoute: () => root,
  path: '/people/$log',
  validateSearch: validatePeopleSearch,
  component: lazyRouteComponent(() => import('./pages/people/PeoplePage'), 'PeoplePage'),
});

const dotted = createRoute({
  getParentRoute: () => root,
  path: '/dotted/$log',
  validateSearch: validateDottedSearch,
  component: lazyRouteComponent(() => import('./pages/dotted/DottedPage'), 'DottedPage'),
});

const data = createRoute({
  getParentRoute: () => root,
  path: '/data',
  component: lazyRouteComponent(() => import('./pages/data/DataPage'), 'DataPage'),
});

const importing = createRoute({
  getParentRoute: () => root,
  path: '/data/import',
  validateSearch: validateImportSearch,
  component: lazyRouteComponent(() => import('./pages/data/import/ImportPage'), 'ImportPage'),
});

const log = createRoute({
  getParentRoute: () => root,
  path: '/data/$log',
  component: lazyRouteComponent(() => import('./pages/data/LogPage'), 'LogPage'),
});

const report = createRoute({
  getParentRoute: () => root,
  path: '/data/$log/versions/$version',
  component: lazyRouteComponent(() => import('./pages/data/ReportPage'), 'ReportPage'),
});

const routes = root.addChildren([
  home,
  lastMap,
  map,
  throughput,
  rework,
  people,
  dotted,
  data,
  importing,
  log,
  report,
]);

export function makeRouter(queries: QueryClient) {
  return createRouter({
    routeTree: routes,
    context: { queries },
    defaultPreload: 'intent',
    defaultErrorComponent: PageFault,
    scrollRestoration: true,
  });
}

declare module '@tanstack/react-router' {
  interface Register {
    router: ReturnType<typeof makeRouter>;
  }
}
