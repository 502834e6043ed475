import { QueryClient } from '@tanstack/react-query';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { jobsQuery } from '../api/jobs';
import type { Job } from '../api/types';
import { whenThere } from './connection';
import { endedSince, whatIsSeen } from './jobNotices';
import { listen } from './liveJobs';

const fetched = vi.fn<typeof fetch>();

beforeEach(() => {
  vi.useFakeTimers();
  fetched.mockReset();
  vi.stubGlobal('fetch', fetched);
});

afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

function job(id: number, state: Job['state']): Job {
  return {
    id,
    kind: 'import',
    state,
    subject: 'deals.csv',
    phase: 'reading',
    done: 1,
    total: 4,
    unit: 'bytes',
    created_at: '2026-01-01T00:00:00Z',
  };
}

/** A stream that tells of these jobs and ends. */
function telling(...jobs: Job[]): Response {
  const events = jobs.map((told) => `event: job\ndata: ${JSON.stringify(told)}\n\n`);
  return new Response(`:\n\n${events.join('')}`);
}

function addresses(): unknown[] {
  return fetched.mock.calls.map(([address]) => address);
}

test('a job that is told takes its place in the list, and a new one is added', async () => {
  const queries = new QueryClient();
  queries.setQueryData(jobsQuery.queryKey, [job(2, 'running'), job(1, 'done')]);
  const off = new AbortController();
  fetched.mockResolvedValueOnce(telling(job(2, 'done'), job(3, 'queued')));
  fetched.mockImplementation(async () => new Response('{}'));
  const listening = listen(queries, off.signal);
  await vi.advanceTimersByTimeAsync(1);
  const jobs = queries.getQueryData(jobsQuery.queryKey)?.map(({ id, state }) => [id, state]);
  expect(jobs).toEqual([
    [3, 'queued'],
    [2, 'done'],
    [1, 'done'],
  ]);
  // The stream has ended: is the server still there? It is, so the stream is opened again.
  expect(addresses()).toEqual(['/api/v1/jobs/events', '/healthz']);
  await vi.advanceTimersByTimeAsync(1_000);
  expect(addresses()[2]).toBe('/api/v1/jobs/events');
  off.abort();
  await vi.runAllTimersAsync();
  await listening;
});

test('a stream that breaks says at once that the server is gone; it waits for its return', async () => {
  const off = new AbortController();
  fetched.mockResolvedValueOnce(telling());
  fetched.mockRejectedValue(new TypeError('failed to fetch'));
  const listening = listen(new QueryClient(), off.signal);
  await vi.advanceTimersByTimeAsync(1);
  const returned = vi.fn();
  void whenThere().then(returned);
  // Nobody asks for the stream while the server is away, only whether it is back.
  await vi.advanceTimersByTimeAsync(10_000);
  expect(returned).not.toHaveBeenCalled();
  expect(addresses().filter((address) => address !== '/healthz')).toHaveLength(1);

  fetched.mockImplementation(async () => new Response('{}'));
  await vi.advanceTimersByTimeAsync(2_000);
  expect(returned).toHaveBeenCalled();
  await vi.advanceTimersByTimeAsync(1_000);
  expect(addresses().filter((address) => address !== '/healthz').length).toBeGreaterThan(1);
  off.abort();
  await vi.runAllTimersAsync();
  await listening;
});

test('a job that begins and ends between two looks has ended', () => {
  const before = whatIsSeen([job(2, 'running'), job(1, 'done')]);
  const now = [job(4, 'running'), job(3, 'done'), job(2, 'failed'), job(1, 'done')];
  expect(endedSince(before, now).map(({ id }) => id)).toEqual([3, 2]);
  expect(endedSince(undefined, now)).toEqual([]);
});
