import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { get, post, speak } from './client';
import { followJob } from './followJob';
import { madeVersion } from './jobs';
import { failureOf } from './problem';
import type { Job } from './types';

const fetched = vi.fn<typeof fetch>();

beforeEach(() => {
  fetched.mockReset();
  vi.stubGlobal('fetch', fetched);
});
afterEach(() => {
  vi.unstubAllGlobals();
});

function json(value: unknown, status = 200): Response {
  return new Response(JSON.stringify(value), { status });
}

async function failure(promise: Promise<unknown>) {
  return promise.then(
    () => undefined,
    (error: unknown) => failureOf(error),
  );
}

function job(change: Partial<Job>): Job {
  return {
    id: 7,
    kind: 'import',
    state: 'running',
    subject: 'deals.csv',
    phase: 'reading',
    done: 1,
    total: 4,
    unit: 'bytes',
    created_at: '2026-01-01T00:00:00Z',
    ...change,
  };
}

test('requests say the chosen language', async () => {
  speak('ja');
  fetched.mockResolvedValueOnce(json({ logs: [] }));
  await get('/logs');
  const [address, init] = fetched.mock.calls[0] ?? [];
  expect(address).toBe('/api/v1/logs');
  expect(init?.headers).toMatchObject({ 'Accept-Language': 'ja' });
});

test('a problem of the server keeps its code and sentence', async () => {
  const problem = { code: 'log_exists', detail: 'There is already one.', title: 'Taken' };
  fetched.mockResolvedValueOnce(json(problem, 409));
  expect(await failure(post('/demo', {}))).toEqual({ kind: 'problem', problem, status: 409 });
});

test('an answer of somebody else is shown as what it is', async () => {
  fetched.mockResolvedValueOnce(new Response('<h1>Bad gateway</h1>', { status: 502 }));
  expect(await failure(get('/logs'))).toEqual({
    kind: 'unexpected',
    status: 502,
    excerpt: '<h1>Bad gateway</h1>',
  });
});

test('no answer is "unreachable", and a cancelled request is not', async () => {
  fetched.mockRejectedValueOnce(new TypeError('failed to fetch'));
  expect(await failure(get('/logs'))).toEqual({ kind: 'unreachable' });
  const controller = new AbortController();
  controller.abort();
  fetched.mockRejectedValueOnce(new DOMException('aborted', 'AbortError'));
  expect((await failure(get('/logs', { signal: controller.signal })))?.kind).toBe('fault');
});

test('a job is followed by its events to its end', async () => {
  const result = {
    log: 3,
    name: 'Deals',
    version: '3@2',
    cases: 1,
    events: 2,
    rows_read: 2,
    rows_refused: 0,
  };
  const events = [job({ done: 2 }), job({ state: 'done', done: 4, result })]
    .map((step) => `event: job\ndata: ${JSON.stringify(step)}\n\n`)
    .join('');
  fetched.mockResolvedValueOnce(new Response(events));
  const seen: number[] = [];
  const ended = await followJob(job({}), { onProgress: ({ done }) => seen.push(done) });
  expect(seen).toEqual([1, 2, 4]);
  expect(madeVersion(ended)).toEqual({ log: 3, version: 2 });
});

test('a job is asked for where events do not arrive', async () => {
  fetched.mockResolvedValueOnce(new Response('', { status: 404 }));
  fetched.mockResolvedValueOnce(json(job({ state: 'failed' })));
  const ended = await followJob(job({}), { onProgress: () => undefined });
  expect(ended.state).toBe('failed');
  expect(madeVersion(ended)).toBeUndefined();
});
