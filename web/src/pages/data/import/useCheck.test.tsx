import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { act, renderHook, waitFor } from '@testing-library/react';
import type { ReactNode } from 'react';
import { beforeEach, expect, test, vi } from 'vitest';
import { logsQuery } from '../../../api/logs';
import type { Log } from '../../../api/types';
import { canJoin } from './JoinPreview';
import { useCheck } from './useCheck';

const JOIN = { log: 3, mode: 'append', key: [] } as const;

function withVersion(number: number): Log[] {
  return [{ id: 3, name: 'Orders', current: { number } } as Log];
}

let started = 0;
/** Holds the answer to a check back for as long as it is there. */
let wait: Promise<void> | undefined;

beforeEach(() => {
  started = 0;
  wait = undefined;
  sessionStorage.clear();
  vi.stubGlobal('fetch', async (url: string) => {
    if (url.endsWith('/logs')) return new Response(JSON.stringify({ logs: withVersion(1) }));
    started += 1;
    await wait;
    const result = { possible: true, joining: { new_events: started } };
    return new Response(JSON.stringify({ id: started, kind: 'check', state: 'done', result }));
  });
});

function checking() {
  const queries = new QueryClient();
  const wrapper = ({ children }: { children: ReactNode }) => (
    <QueryClientProvider client={queries}>{children}</QueryClientProvider>
  );
  const join = { ...JOIN, key: [] };
  const { result } = renderHook(() => useCheck({ upload: 7, settings: undefined, join }), {
    wrapper,
  });
  return { queries, result };
}

test('what a file would change is asked anew once the log has another version', async () => {
  const { queries, result } = checking();
  await waitFor(() => expect(canJoin(result.current)).toBe(true));
  expect(started).toBe(1);
  let goOn = () => {};
  wait = new Promise((resolve) => {
    goOn = resolve;
  });
  act(() => {
    queries.setQueryData(logsQuery.queryKey, withVersion(2));
  });
  await waitFor(() => expect(started).toBe(2));
  expect(canJoin(result.current)).toBe(false);
  goOn();
  await waitFor(() => expect(canJoin(result.current)).toBe(true));
  expect(result.current.data?.joining?.new_events).toBe(2);
});
