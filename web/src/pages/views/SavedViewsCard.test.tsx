import { MantineProvider } from '@mantine/core';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import {
  createMemoryHistory,
  createRootRoute,
  createRouter,
  RouterProvider,
} from '@tanstack/react-router';
import { render, screen } from '@testing-library/react';
import { IntlProvider } from 'react-intl';
import { expect, test, vi } from 'vitest';
import { theme } from '../../style/theme';
import explore from '../../text/en/explore.json';
import filters from '../../text/en/filters.json';
import shell from '../../text/en/shell.json';
import views from '../../text/en/views.json';
import { SavedViewsCard } from './SavedViewsCard';

const english = { ...shell, ...filters, ...explore, ...views };

function shown(saved: object[]): void {
  vi.stubGlobal('fetch', async () => new Response(JSON.stringify({ views: saved })));
  const root = createRootRoute({ component: () => <SavedViewsCard log={3} /> });
  const router = createRouter({
    routeTree: root,
    history: createMemoryHistory({ initialEntries: ['/'] }),
  });
  render(
    <QueryClientProvider client={new QueryClient()}>
      <IntlProvider locale="en" messages={english}>
        <MantineProvider theme={theme} env="test">
          <RouterProvider router={router as never} />
        </MantineProvider>
      </IntlProvider>
    </QueryClientProvider>,
  );
}

function view(id: number, updated_at: string) {
  const state = { filters: [{ kind: 'sample', share: 0.5 }] };
  const created_at = '2026-01-01T00:00:00Z';
  return { id, name: `View ${id}`, kind: 'view', page: 'map', state, created_at, updated_at };
}

test('the views that were changed last come first, and lead to themselves', async () => {
  const list = { kind: 'filters', id: 9, name: 'A list', filters: [] };
  shown([list, view(1, '2026-02-01T00:00:00Z'), view(2, '2026-03-01T00:00:00Z')]);
  const links = await screen.findAllByRole('link', { name: /^View/ });
  expect(links.map((link) => link.getAttribute('href'))).toEqual(['/views/3/2', '/views/3/1']);
  expect(links[0]?.textContent).toContain('Process map · Sample of 50% · 1 Mar 2026');
  screen.getByText('2 views');
  expect(screen.queryByText('A list')).toBeNull();
});

test('where nothing is saved, it says how to', async () => {
  shown([]);
  await screen.findByText(english['views.none']);
});
