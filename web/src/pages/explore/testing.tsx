// How a test shows a page about a log: with the real answers of a shipped log, and no server.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { MantineProvider } from '@mantine/core';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import {
  createMemoryHistory,
  createRootRoute,
  createRoute,
  createRouter,
  defaultStringifySearch,
  RouterProvider,
} from '@tanstack/react-router';
import { render } from '@testing-library/react';
import type { ReactNode } from 'react';
import { IntlProvider } from 'react-intl';
import { vi } from 'vitest';
import { HOW_MANY } from '../../api/analysis';
import type { Log, Version } from '../../api/types';
import { theme } from '../../style/theme';
import cases from '../../text/en/cases.json';
import compare from '../../text/en/compare.json';
import explore from '../../text/en/explore.json';
import filters from '../../text/en/filters.json';
import funnel from '../../text/en/funnel.json';
import map from '../../text/en/map.json';
import overview from '../../text/en/overview.json';
import shell from '../../text/en/shell.json';
import targets from '../../text/en/targets.json';
import views from '../../text/en/views.json';
import type { LogViewProps } from './view';

const english = {
  ...shell,
  ...filters,
  ...map,
  ...cases,
  ...compare,
  ...explore,
  ...funnel,
  ...overview,
  ...targets,
  ...views,
};

/** An answer of the program about `testdata/logs/shipped/commandes.csv`. */
export function golden<T>(name: string): T {
  const path = join(import.meta.dirname, 'golden', `${name}.json.txt`);
  return JSON.parse(readFileSync(path, 'utf8')) as T;
}

export interface Asked {
  filters: unknown[];
  tiles: { id: string; question: string; params?: unknown; filters?: unknown[] }[];
}

/** Whether no more is wanted than how many cases there are. */
export function isHowMany({ tiles: [first] }: Asked): boolean {
  return JSON.stringify(first?.params) === JSON.stringify(HOW_MANY.params);
}

/** A server that gives these answers, and remembers what it was asked. */
export function answering(
  answer: (asked: Asked) => unknown,
  sizes: (asked: Asked) => unknown = () => golden('sizes'),
): Asked[] {
  const questions: Asked[] = [];
  vi.stubGlobal('fetch', async (url: string, init?: RequestInit) => {
    for (const name of ['schema', 'report', 'changes']) {
      if (url.endsWith(`/${name}`)) return reply(golden(name));
    }
    if (url.endsWith('/views')) return reply({ views: [] });
    const asked = JSON.parse(String(init?.body)) as Asked;
    // The bar of filters asks for sizes on its own.
    const isSummary = asked.tiles[0]?.question === 'summary';
    if (isSummary || isHowMany(asked)) return reply(sizes(asked));
    // So do colours of activities, and the list of what a stage can be made of.
    if (asked.tiles[0]?.question === 'activities') return reply(golden('stages'));
    questions.push(asked);
    const said = answer(asked);
    return said instanceof Response ? said : reply(said);
  });
  return questions;
}

export function reply(body: unknown, status = 200): Response {
  return new Response(JSON.stringify(body), { status });
}

const VERSION = {
  id: '1@1',
  number: 1,
  created_at: '2024-04-03T08:00:00Z',
  source: 'commandes.csv',
} as Version;
const LOG = { id: 1, name: 'Commandes', version_count: 2, current: VERSION } as Log;

/** Shows a view; what it changes in its address it gets back. Returns what is in the address. */
export function shown<Search extends object>(
  View: (props: LogViewProps<Search>) => ReactNode,
  start: Search,
): { search: () => Search } {
  const root = createRootRoute();
  const home = createRoute({ getParentRoute: () => root, path: '/', component: Holder });
  function Holder() {
    const search = home.useSearch();
    const navigate = home.useNavigate();
    const change = (next: Partial<Search>) =>
      void navigate({ search: ((before: object) => ({ ...before, ...next })) as never });
    return (
      <>
        <div id="filter-bar" />
        <View log={LOG} version={VERSION} note={null} search={search as Search} onSearch={change} />
      </>
    );
  }
  const address = defaultStringifySearch(start as Record<string, unknown>);
  const router = createRouter({
    routeTree: root.addChildren([home]),
    history: createMemoryHistory({ initialEntries: [`/${address}`] }),
  });
  const queries = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  render(
    <QueryClientProvider client={queries}>
      <IntlProvider locale="en" messages={english}>
        <MantineProvider theme={theme} env="test">
          <RouterProvider router={router as never} />
        </MantineProvider>
      </IntlProvider>
    </QueryClientProvider>,
  );
  return { search: () => router.state.location.search as Search };
}

/** What a link to the cases says: its filters. */
export function filtersOf(link: HTMLElement): unknown {
  const search = new URL(link.getAttribute('href') ?? '', 'http://a').searchParams;
  return JSON.parse(search.get('filters') ?? '[]');
}
