import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { renderHook, waitFor } from '@testing-library/react';
import type { ReactNode } from 'react';
import { beforeEach, expect, test, vi } from 'vitest';
import type { MapScope } from '../../api/drawer';
import { viewsQuery } from '../../api/views';
import { useTargetFigures } from './useTargets';

const ALL: MapScope = { version: '3@1', filters: [], activities: null, auxiliary: false };
const SOME: MapScope = { ...ALL, filters: [{ kind: 'sample', cases: 2 }] };

function saved(id: number, activity: string) {
  return { id, kind: 'target', target: { of: 'work', activity, at_most_s: 60 } };
}

let views: object[] = [];
/** Holds answers back from the second one on. */
let goOn = () => {};

beforeEach(() => {
  views = [saved(1, 'Quote')];
  let asked = 0;
  const later = new Promise<void>((resolve) => {
    goOn = resolve;
  });
  vi.stubGlobal('fetch', async (url: string, init?: RequestInit) => {
    if (url.endsWith('/views')) return new Response(JSON.stringify({ views }));
    const { filters, tiles } = JSON.parse(String(init?.body));
    asked += 1;
    if (asked > 1) await later;
    const measured = filters.length > 0 ? 2 : 9;
    const targets = tiles[0].params.targets.map((target: object) => ({ target, measured }));
    const context = { version: '3@1', time_zone: 'UTC', total: {}, size: {} };
    const answer = { ...context, tiles: [{ id: 'targets', answer: { targets } }] };
    return new Response(JSON.stringify(answer));
  });
});

function figures() {
  const queries = new QueryClient();
  const wrapper = ({ children }: { children: ReactNode }) => (
    <QueryClientProvider client={queries}>{children}</QueryClientProvider>
  );
  const hook = renderHook((scope: MapScope) => useTargetFigures(3, scope), {
    wrapper,
    initialProps: ALL,
  });
  const measured = () => hook.result.current.figures.map((one) => one.measured);
  return { queries, rerender: hook.rerender, measured };
}

test('figures of other cases are not shown beside those that are asked for', async () => {
  const { rerender, measured } = figures();
  await waitFor(() => expect(measured()).toEqual([9]));
  rerender(SOME);
  expect(measured()).toEqual([]);
  goOn();
  await waitFor(() => expect(measured()).toEqual([2]));
});

test('figures stay while those of one more target come', async () => {
  const { queries, measured } = figures();
  await waitFor(() => expect(measured()).toEqual([9]));
  views = [saved(1, 'Quote'), saved(2, 'Order')];
  await queries.invalidateQueries({ queryKey: viewsQuery(3).queryKey });
  expect(measured()).toEqual([9]);
  goOn();
  await waitFor(() => expect(measured()).toEqual([9, 9]));
});
