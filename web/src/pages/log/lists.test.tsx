// The pages of variants and cases with the answers that the program gave for `loans.xes`.
import { MantineProvider } from '@mantine/core';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import {
  createMemoryHistory,
  createRootRoute,
  createRoute,
  createRouter,
  RouterProvider,
} from '@tanstack/react-router';
import { fireEvent, render, screen, waitFor, within } from '@testing-library/react';
import type { ReactNode } from 'react';
import { IntlProvider } from 'react-intl';
import { beforeEach, expect, test, vi } from 'vitest';
import type { Log, Version } from '../../api/types';
import cases from '../../text/en/cases.json';
import filters from '../../text/en/filters.json';
import map from '../../text/en/map.json';
import shell from '../../text/en/shell.json';
import { CasesView } from '../cases/CasesView';
import type { CasesSearch } from '../cases/search';
import { isHowMany } from '../explore/testing';
import { VariantsView } from '../variants/VariantsView';
import golden from './golden/loans.json';

const texts = { ...shell, ...filters, ...map, ...cases };
const LOG = golden.log as Log;
const VERSION = golden.log.current as Version;

interface Asked {
  filters: { kind: string }[];
  tiles: {
    id: string;
    question: string;
    params?: { case?: string; offset?: number };
    filters?: unknown[];
  }[];
}

let asked: Asked[] = [];

/** Answers as the program did; `answers` stand in for some of them. */
function serve(answers: Partial<Record<string, (asked: Asked) => unknown>> = {}): void {
  vi.stubGlobal('fetch', async (url: string, init?: RequestInit) => {
    if (url.endsWith('/schema')) return json(golden.schema);
    const body = JSON.parse(String(init?.body)) as Asked;
    asked.push(body);
    const question = body.tiles[0]?.question ?? '';
    const other = answers[question];
    return json(other ? other(body) : golden[question as 'cases']);
  });
}

function json(value: unknown, status = 200): Response {
  return new Response(JSON.stringify(value), { status });
}

beforeEach(() => {
  asked = [];
  localStorage.clear();
  // jsdom lays nothing out: what scrolls would have no room for any row.
  const size = (pixels: number) => ({ configurable: true, get: () => pixels });
  Object.defineProperty(Element.prototype, 'clientHeight', size(600));
  Object.defineProperty(Element.prototype, 'clientWidth', size(1000));
  // Of a path only the first step has room, and how many follow is told.
  Object.defineProperty(HTMLElement.prototype, 'offsetWidth', size(100));
  vi.stubGlobal('scrollTo', () => undefined);
  Element.prototype.scrollTo = () => undefined;
});

function show(page: ReactNode) {
  const root = createRootRoute({ component: () => page });
  const paths = ['/map/$log', '/cases/$log', '/variants/$log'];
  const routes = paths.map((path) => createRoute({ getParentRoute: () => root, path }));
  const router = createRouter({
    routeTree: root.addChildren(routes),
    history: createMemoryHistory({ initialEntries: ['/cases/2'] }),
  });
  const queries = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  return render(
    <QueryClientProvider client={queries}>
      <IntlProvider locale="en" messages={texts}>
        <MantineProvider>
          <RouterProvider router={router as never} />
        </MantineProvider>
      </IntlProvider>
    </QueryClientProvider>,
  );
}

function showVariants(search = {}) {
  const onSearch = vi.fn();
  show(
    <VariantsView log={LOG} version={VERSION} note={null} search={search} onSearch={onSearch} />,
  );
  return onSearch;
}

function showCases(search: CasesSearch = {}) {
  const onSearch = vi.fn();
  show(<CasesView log={LOG} version={VERSION} note={null} search={search} onSearch={onSearch} />);
  return onSearch;
}

test('a variant shows its rank, path, steps, cases and times', async () => {
  serve();
  showVariants();
  const [, happy, frequent] = await screen.findAllByRole('row');
  // By hand: one case for each of three paths; the main road is Check → Decide.
  const road = within(happy as HTMLElement).getAllByRole('cell');
  expect(road[1]?.textContent).toBe('3');
  expect(road[2]?.textContent).toMatch(/^Happy pathCheck → Decide/);
  const cells = within(frequent as HTMLElement).getAllByRole('cell');
  expect(cells[1]?.textContent).toBe('1');
  expect(cells[2]?.textContent).toBe(
    'Most frequent pathCheck (3 times) → Decide → Check → DecideCheck×3+3',
  );
  expect(cells.slice(3).map((cell) => cell.textContent)).toEqual(['6', '133.3%', '33.3%', '2 hrs']);
  expect(screen.getByText('3 variants ·', { exact: false })).toBeTruthy();
});

test('a variant that is ticked goes into the address', async () => {
  serve();
  const onSearch = showVariants();
  fireEvent.click(await screen.findByRole('checkbox', { name: 'Choose variant 2' }));
  expect(onSearch).toHaveBeenCalledWith(
    { ranks: undefined, ids: ['be978bb226d7bbed'] },
    { replace: true },
  );
});

test('chosen variants lead to their map and their cases with a filter', async () => {
  serve();
  const filters = [{ kind: 'activity_contains', activities: ['Check'] }];
  showVariants({ ids: ['be978bb226d7bbed'], filters });
  const bar = within(await screen.findByRole('region', { name: 'Chosen variants' }));
  expect(bar.getByRole('status').textContent).toBe('1 variant chosen · 1 case (33.3%)');
  const link = bar.getByRole('link', { name: 'Cases of these' }).getAttribute('href') ?? '';
  const search = new URL(link, location.origin).searchParams.get('filters');
  expect(JSON.parse(search ?? '')).toEqual([
    ...filters,
    { kind: 'variant', ids: ['be978bb226d7bbed'] },
  ]);
  expect(asked.some((one) => one.filters.length === 1)).toBe(true);
});

test('more variants are asked for until all are there', async () => {
  const all = golden.variants.tiles[0]?.answer.variants ?? [];
  serve({
    variants: ({ tiles }) => {
      const offset = tiles[0]?.params?.offset ?? 0;
      const answer = {
        ...golden.variants.tiles[0]?.answer,
        variants: all.slice(offset, offset + 1),
      };
      return { ...golden.variants, tiles: [{ ...golden.variants.tiles[0], answer }] };
    },
  });
  showVariants();
  await waitFor(() => expect(screen.getAllByRole('checkbox')).toHaveLength(all.length));
  expect(asked.filter((one) => one.tiles[0]?.question === 'variants')).toHaveLength(3);
});

test('traces of which only a hash is known are said to be unknown', async () => {
  serve({
    variants: () => {
      const [tile] = golden.variants.tiles;
      const variants = tile?.answer.variants.map((one) => ({ ...one, activities: null }));
      const answer = { ...tile?.answer, traces: 'hashed', variants };
      return { ...golden.variants, tiles: [{ ...tile, answer }] };
    },
  });
  showVariants();
  expect(await screen.findAllByText(texts['variants.hashed'])).toHaveLength(3);
});

test('a failed answer is told, and asked for again', async () => {
  let failures = 1;
  serve({
    variants: () => {
      failures -= 1;
      const problem = { code: 'over_limit', title: 'Too large', detail: 'Too many.', place: {} };
      const failed = { ...golden.variants, tiles: [{ id: 'variants', problem }] };
      return failures < 0 ? golden.variants : failed;
    },
  });
  showVariants();
  expect(await screen.findByText('Too many.')).toBeTruthy();
  fireEvent.click(screen.getByRole('button', { name: texts['failure.retry'] }));
  expect(await screen.findByText('3 variants ·', { exact: false })).toBeTruthy();
});

test('the table of cases asks for what is shown and sorted', async () => {
  serve();
  const onSearch = showCases({ sort: 'start', asc: true, columns: ['start', '@Amount'] });
  await screen.findByRole('link', { name: 'L1' });
  const isPage = (one: Asked) => one.tiles[0]?.question === 'cases' && !isHowMany(one);
  const order = asked.find(isPage)?.tiles[0]?.params;
  expect(order).toMatchObject({ sort: 'start', descending: false, attributes: ['Amount'] });
  const heads = screen.getAllByRole('columnheader').map((head) => head.textContent);
  expect(heads).toEqual(['Case', 'Start', 'Amount']);
  expect(screen.getByText('15,000.5')).toBeTruthy();
  fireEvent.click(screen.getByRole('button', { name: 'Amount' }));
  expect(onSearch).toHaveBeenCalledWith({ sort: '@Amount', asc: undefined }, { replace: true });
  fireEvent.click(screen.getByRole('link', { name: 'L2' }));
  expect(onSearch).toHaveBeenCalledWith({ case: 'L2' }, { replace: false });
});

test('an open case shows its figures, path, events and attributes', async () => {
  serve();
  showCases({ case: 'L1' });
  const opened = within(await screen.findByRole('complementary', { name: 'Case L1' }));
  const path = within(await opened.findByRole('list', { name: 'Path' }));
  expect(path.getAllByRole('listitem').map((step) => step.textContent)).toEqual([
    'Check×2',
    'Decide×2',
    'Pay',
  ]);
  expect(opened.getByText('4 days, 4 hrs')).toBeTruthy();
  const events = within(opened.getByRole('region', { name: '5 events' }));
  expect(events.getAllByRole('row')).toHaveLength(6);
  const attributes = within(opened.getByRole('region', { name: 'Attributes' }));
  expect(attributes.getByText('15,000.5')).toBeTruthy();
  expect(attributes.getByText('Yes')).toBeTruthy();
});

test('arrows go on to the next case, Escape closes', async () => {
  serve();
  const onSearch = showCases({ case: 'L1' });
  const opened = await screen.findByRole('complementary', { name: 'Case L1' });
  await screen.findByText('1 of 3');
  fireEvent.keyDown(opened, { key: 'ArrowRight' });
  await waitFor(() => expect(onSearch).toHaveBeenCalledWith({ case: 'L2' }, { replace: true }));
  fireEvent.keyDown(window, { key: 'Escape' });
  expect(onSearch).toHaveBeenCalledWith({
    case: undefined,
    wide: undefined,
    people: undefined,
  });
});
