// A running job step by step: events from the server, and questions where events do not arrive.
import { readEvents } from './events';
import { isActive, readJob } from './jobs';
import { isUnreachable } from './problem';
import type { Job } from './types';

const ASK_EVERY_MS = 1_000;

interface Following {
  signal?: AbortSignal | undefined;
  onProgress: (job: Job) => void;
}

/** Resolves with the job when it has ended, whatever its end was. */
export async function followJob(started: Job, { signal, onProgress }: Following): Promise<Job> {
  let job = started;
  const see = (next: Job) => {
    job = next;
    onProgress(next);
  };
  see(started);
  while (isActive(job)) {
    try {
      await followEvents(job.id, see, signal);
      if (isActive(job)) see(await readJob(job.id, signal));
    } catch (error) {
      if (!isUnreachable(error)) throw error;
    }
    if (isActive(job)) await pause(signal);
  }
  return job;
}

/** Ends when the server ends the stream or it breaks; the caller asks again then. */
function followEvents(job: number, see: (job: Job) => void, signal?: AbortSignal) {
  return readEvents(`/jobs/${job}/events`, {
    signal,
    onData: (data) => see(JSON.parse(data) as Job),
  });
}

function pause(signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, ASK_EVERY_MS);
    signal?.addEventListener('abort', () => {
      clearTimeout(timer);
      reject(signal.reason);
    });
  });
}
