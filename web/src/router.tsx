// Which page an address shows. All routes stand here; their search parameters in the pages.
import type { QueryClient } from '@tanstack/react-query';
import {
  createRootRouteWithContext,
  createRoute,
  createRouter,
  lazyRouteComponent,
  redirect,
} from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { logsQuery } from './api/logs';
import { validateCasesSearch } from './pages/cases/search';
import { validateCompareSearch } from './pages/compare/search';
import { validateImportSearch } from './pages/data/import/search';
import { validateTemplatesSearch } from './pages/data/templates/search';
import { validateDottedSearch } from './pages/dotted/search';
import { type AskAhead, setOut } from './pages/explore/ahead';
import type { Place, PlaceName } from './pages/explore/places';
import { type LogSearch, validateWith } from './pages/explore/search';
import { validateFunnelSearch } from './pages/funnel/search';
import { validateMapSearch } from './pages/map/search';
import { MissingPage } from './pages/missing/MissingPage';
import { validatePeopleSearch } from './pages/people/search';
import { validateQualitySearch } from './pages/quality/search';
import { validateReworkSearch } from './pages/rework/search';
import { validateThroughputSearch } from './pages/throughput/search';
import { validateVariantsSearch } from './pages/variants/search';
import { settings } from './settings';
import { pageParts } from './shell/missingParts';
import { PageFault } from './shell/PageFault';
import { Shell } from './shell/Shell';
import { needTexts } from './text/catalogue';
import type { TextArea } from './text/messages';

/** A page comes with the texts of its areas. */
function page<T>(areas: TextArea[], load: () => Promise<T>): () => Promise<T> {
  return pageParts(async () => {
    const [loaded, texts] = await Promise.allSettled([load(), needTexts(...areas)]);
    if (loaded.status === 'rejected') throw loaded.reason;
    if (texts.status === 'rejected') throw texts.reason;
    return loaded.value;
  });
}

interface Context {
  queries: QueryClient;
}

interface Entered<Search> {
  context: Context;
  params: { log: string };
  search: Search;
}

/** The page of a place. Its first questions are asked before it is drawn. */
function place<Name extends string, Search extends LogSearch>(
  areas: TextArea[],
  load: () => Promise<Record<Name, (() => ReactNode) & { askAhead: AskAhead<Search> }>>,
  name: Name,
) {
  let ask: AskAhead<Search> | undefined;
  const parts = page(areas, async () => {
    const loaded = await load();
    ask = loaded[name].askAhead;
    return loaded;
  });
  return {
    component: lazyRouteComponent(parts, name),
    beforeLoad: ({ context, params, search }: Entered<Search>) => {
      if (ask) setOut(context.queries, params.log, search, ask);
    },
  };
}

const root = createRootRouteWithContext<Context>()({
  component: Shell,
  notFoundComponent: MissingPage,
  errorComponent: PageFault,
});

/** A place of the log opened last, else of the newest; the data page when there is none. */
function openLast(to: Place['to']) {
  return async ({ context }: { context: Context }) => {
    const logs = await context.queries.ensureQueryData(logsQuery).catch(() => []);
    const usable = logs.filter((log) => log.current);
    const chosen = usable.find((log) => log.id === settings().lastLog) ?? usable.at(-1);
    throw chosen
      ? redirect({ to, params: { log: String(chosen.id) }, replace: true })
      : redirect({ to: '/data', replace: true });
  };
}

function lastOf<Name extends PlaceName>(name: Name) {
  return createRoute({
    getParentRoute: () => root,
    path: `/${name}`,
    beforeLoad: openLast(`/${name}/$log`),
  });
}

const home = createRoute({
  getParentRoute: () => root,
  path: '/',
  beforeLoad: openLast('/map/$log'),
});
const overview = createRoute({
  getParentRoute: () => root,
  path: '/overview/$log',
  validateSearch: validateWith(() => ({})),
  component: lazyRouteComponent(
    page(
      ['filters', 'map', 'cases', 'explore', 'overview', 'views'],
      () => import('./pages/overview/OverviewPage'),
    ),
    'OverviewPage',
  ),
});

const map = createRoute({
  getParentRoute: () => root,
  path: '/map/$log',
  validateSearch: validateWith(validateMapSearch),
  ...place(['filters', 'map'], () => import('./pages/map/MapPage'), 'MapPage'),
});

const variants = createRoute({
  getParentRoute: () => root,
  path: '/variants/$log',
  validateSearch: validateWith(validateVariantsSearch),
  ...place(
    ['filters', 'map', 'cases'],
    () => import('./pages/variants/VariantsPage'),
    'VariantsPage',
  ),
});

const cases = createRoute({
  getParentRoute: () => root,
  path: '/cases/$log',
  validateSearch: validateWith(validateCasesSearch),
  ...place(['filters', 'map', 'cases'], () => import('./pages/cases/CasesPage'), 'CasesPage'),
});

const funnel = createRoute({
  getParentRoute: () => root,
  path: '/funnel/$log',
  validateSearch: validateWith(validateFunnelSearch),
  component: lazyRouteComponent(
    page(['filters', 'map', 'explore', 'funnel'], () => import('./pages/funnel/FunnelPage')),
    'FunnelPage',
  ),
});

const throughput = createRoute({
  getParentRoute: () => root,
  path: '/throughput/$log',
  validateSearch: validateWith(validateThroughputSearch),
  ...place(
    ['filters', 'map', 'explore'],
    () => import('./pages/throughput/ThroughputPage'),
    'ThroughputPage',
  ),
});

const rework = createRoute({
  getParentRoute: () => root,
  path: '/rework/$log',
  validateSearch: validateWith(validateReworkSearch),
  ...place(['filters', 'map', 'explore'], () => import('./pages/rework/ReworkPage'), 'ReworkPage'),
});

const people = createRoute({
  getParentRoute: () => root,
  path: '/people/$log',
  validateSearch: validateWith(validatePeopleSearch),
  ...place(['filters', 'map', 'explore'], () => import('./pages/people/PeoplePage'), 'PeoplePage'),
});

const dotted = createRoute({
  getParentRoute: () => root,
  path: '/dotted/$log',
  validateSearch: validateWith(validateDottedSearch),
  ...place(['filters', 'map', 'explore'], () => import('./pages/dotted/DottedPage'), 'DottedPage'),
});

const views = createRoute({
  getParentRoute: () => root,
  path: '/views/$log',
  component: lazyRouteComponent(
    page(['filters', 'targets', 'views'], () => import('./pages/views/ViewsPage')),
    'ViewsPage',
  ),
});

const view = createRoute({
  getParentRoute: () => root,
  path: '/views/$log/$view',
  component: lazyRouteComponent(
    page(['filters', 'views'], () => import('./pages/views/ViewPage')),
    'ViewPage',
  ),
});

const compare = createRoute({
  getParentRoute: () => root,
  path: '/compare/$log',
  validateSearch: validateWith(validateCompareSearch),
  component: lazyRouteComponent(
    page(['filters', 'map', 'explore', 'compare'], () => import('./pages/compare/ComparePage')),
    'ComparePage',
  ),
});

const quality = createRoute({
  getParentRoute: () => root,
  path: '/quality/$log',
  validateSearch: validateWith(validateQualitySearch),
  ...place(
    ['filters', 'map', 'cases', 'explore', 'quality'],
    () => import('./pages/quality/QualityPage'),
    'QualityPage',
  ),
});

const data = createRoute({
  getParentRoute: () => root,
  path: '/data',
  component: lazyRouteComponent(
    page(['data'], () => import('./pages/data/DataPage')),
    'DataPage',
  ),
});

const importing = createRoute({
  getParentRoute: () => root,
  path: '/data/import',
  validateSearch: validateImportSearch,
  component: lazyRouteComponent(
    page(['data', 'recipe'], () => import('./pages/data/import/ImportPage')),
    'ImportPage',
  ),
});

const templates = createRoute({
  getParentRoute: () => root,
  path: '/data/templates',
  validateSearch: validateTemplatesSearch,
  component: lazyRouteComponent(
    page(['data', 'templates'], () => import('./pages/data/templates/TemplatesPage')),
    'TemplatesPage',
  ),
});

const log = createRoute({
  getParentRoute: () => root,
  path: '/data/$log',
  component: lazyRouteComponent(
    page(['data'], () => import('./pages/data/LogPage')),
    'LogPage',
  ),
});

const report = createRoute({
  getParentRoute: () => root,
  path: '/data/$log/versions/$version',
  component: lazyRouteComponent(
    page(['data', 'recipe'], () => import('./pages/data/ReportPage')),
    'ReportPage',
  ),
});

const chosen = createRoute({
  getParentRoute: () => root,
  path: '/data/$log/settings',
  component: lazyRouteComponent(
    page(['settings'], () => import('./pages/settings/SettingsPage')),
    'SettingsPage',
  ),
});

const routes = root.addChildren([
  home,
  lastOf('overview'),
  overview,
  lastOf('map'),
  map,
  lastOf('variants'),
  variants,
  lastOf('cases'),
  cases,
  lastOf('funnel'),
  funnel,
  lastOf('throughput'),
  throughput,
  lastOf('rework'),
  rework,
  lastOf('people'),
  people,
  lastOf('dotted'),
  dotted,
  lastOf('compare'),
  compare,
  lastOf('quality'),
  quality,
  views,
  view,
  data,
  importing,
  templates,
  log,
  report,
  chosen,
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
