// Hears of every job as it changes, and at once when the server goes: one open stream of events.
import { type QueryClient, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { readEvents } from '../api/events';
import { jobsQuery } from '../api/jobs';
import type { Job } from '../api/types';
import { useSettings } from '../settings';
import { checkConnection, whenThere } from './connection';

/** The server gives a sign of life every 15 seconds. */
const SILENCE_MS = 40_000;
const FIRST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 30_000;

/**
 * A browser opens few connections to a server, for all of its tabs together: only a page that is
 * looked at listens.
 */
export function useLiveJobs(): void {
  const queries = useQueryClient();
  const { language } = useSettings();
  // biome-ignore lint/correctness/useExhaustiveDependencies: jobs are told in the language
  useEffect(() => {
    let listening: AbortController | undefined;
    const look = () => {
      listening?.abort();
      listening = undefined;
      if (document.visibilityState === 'hidden') return;
      listening = new AbortController();
      void listen(queries, listening.signal);
    };
    look();
    document.addEventListener('visibilitychange', look);
    return () => {
      document.removeEventListener('visibilitychange', look);
      listening?.abort();
    };
  }, [queries, language]);
}

/** Listens until it is called off; a stream that ends is opened again while the server is there. */
export async function listen(queries: QueryClient, signal: AbortSignal): Promise<void> {
  let pause = FIRST_PAUSE_MS;
  while (!signal.aborted) {
    await whenThere();
    const wasOpen = await listenOnce(queries, signal);
    if (signal.aborted) return;
    pause = wasOpen ? FIRST_PAUSE_MS : Math.min(2 * pause, LONGEST_PAUSE_MS);
    await checkConnection();
    await sleep(pause, signal);
  }
}

/** Whether the stream was open. */
async function listenOnce(queries: QueryClient, signal: AbortSignal): Promise<boolean> {
  const silence = new AbortController();
  let timer: ReturnType<typeof setTimeout> | undefined;
  let wasOpen = false;
  const live = () => {
    clearTimeout(timer);
    timer = setTimeout(() => silence.abort(), SILENCE_MS);
  };
  try {
    await readEvents('/jobs/events', {
      signal: AbortSignal.any([signal, silence.signal]),
      onOpen: () => {
        wasOpen = true;
        live();
        // What changed while nobody listened.
        void queries.invalidateQueries({ queryKey: jobsQuery.queryKey });
      },
      onLife: live,
      onData: (data) => see(queries, JSON.parse(data) as Job),
    });
  } catch {
    // Called off, or silent for too long: the caller looks which.
  } finally {
    clearTimeout(timer);
  }
  return wasOpen;
}

function see(queries: QueryClient, job: Job): void {
  queries.setQueryData(
    jobsQuery.queryKey,
    (jobs) => jobs && [job, ...jobs.filter(({ id }) => id !== job.id)],
  );
}

function sleep(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    signal.addEventListener('abort', () => {
      clearTimeout(timer);
      resolve();
    });
  });
}
