// Long work on the server: starting it, following it, stopping it.
import { queryOptions } from '@tanstack/react-query';
import { get, post } from './client';
import type { CheckJoin, ImportOrder, ImportSettings, Job } from './types';

/** Asked for only where events do not arrive; see `liveJobs.ts` in the shell. */
const ACTIVE_POLL_MS = 2_000;
const IDLE_POLL_MS = 30_000;

export const jobsQuery = queryOptions({
  queryKey: ['jobs'],
  queryFn: async ({ signal }) => (await get<{ jobs: Job[] }>('/jobs', { signal })).jobs,
  refetchInterval: (query) => (query.state.data?.some(isActive) ? ACTIVE_POLL_MS : IDLE_POLL_MS),
});

export function isActive(job: Job): boolean {
  return job.state === 'queued' || job.state === 'running';
}

/** The version a finished import or demo has made. */
export function madeVersion(job: Job): { log: number; version: number } | undefined {
  const { state, result } = job;
  if (state !== 'done' || !result || !('log' in result)) return;
  const number = Number(result.version.split('@').at(-1));
  return Number.isSafeInteger(number) ? { log: result.log, version: number } : undefined;
}

/** The import that has made a version of this upload. */
export function importOf(upload: number | undefined, jobs: Job[]): Job | undefined {
  return jobs.find(
    ({ kind, state, result }) =>
      kind === 'import' &&
      state === 'done' &&
      upload !== undefined &&
      result &&
      'upload' in result &&
      result.upload === upload,
  );
}

export function startCheck(
  upload: number,
  settings: ImportSettings | undefined,
  join: CheckJoin | undefined,
  signal?: AbortSignal,
) {
  return post<Job>('/checks', { upload, settings, join }, { signal });
}

export function startImport(order: ImportOrder): Promise<Job> {
  return post<Job>('/imports', order);
}

export function startDemo(name: string): Promise<Job> {
  return post<Job>('/demo', { name });
}

export function readJob(job: number, signal?: AbortSignal): Promise<Job> {
  return get<Job>(`/jobs/${job}`, { signal });
}

export function cancelJob(job: number): Promise<Job> {
  return post<Job>(`/jobs/${job}/cancel`, {});
}
