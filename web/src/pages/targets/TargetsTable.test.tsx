import { MantineProvider } from '@mantine/core';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { fireEvent, render, screen } from '@testing-library/react';
import { IntlProvider } from 'react-intl';
import { expect, test, vi } from 'vitest';
import shell from '../../text/en/shell.json';
import targets from '../../text/en/targets.json';
import { TargetsTable } from './TargetsTable';

const TARGET = { of: 'work', activity: 'Quote', at_most_s: 60 };
const FIGURES = { target: TARGET, missing: [], share: 0.25, within: 1, measured: 4 };

test('what could not be counted can be asked for again', async () => {
  let isAway = true;
  vi.stubGlobal('fetch', async (url: string) => {
    if (url.endsWith('/views')) {
      return json({ views: [{ id: 1, kind: 'target', name: 'Quote', target: TARGET }] });
    }
    if (url.endsWith('/logs/3')) return json({ id: 3, current: { id: '3@1', number: 1 } });
    if (isAway)
      return json({ code: 'internal', title: 'No', status: 500, detail: 'It failed.' }, 500);
    return json({ tiles: [{ id: 'targets', answer: { targets: [FIGURES] } }], context: {} });
  });
  const queries = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  render(
    <QueryClientProvider client={queries}>
      <IntlProvider locale="en" messages={{ ...shell, ...targets }}>
        <MantineProvider env="test">
          <TargetsTable log={3} wanted="" />
        </MantineProvider>
      </IntlProvider>
    </QueryClientProvider>,
  );
  const retry = await screen.findByRole('button', { name: shell['failure.retry'] });
  isAway = false;
  fireEvent.click(retry);
  await screen.findByText('25% (1 of 4)');
  expect(screen.queryByRole('alert')).toBeNull();
});

function json(value: unknown, status = 200): Response {
  return new Response(JSON.stringify(value), { status });
}
