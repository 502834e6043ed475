// A running job step by step: events from the server, and questions where events do not arrive.
import { address, spokenLanguage } from './client';
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
async function followEvents(job: number, see: (job: Job) => void, signal?: AbortSignal) {
  const response = await fetch(address(`/jobs/${job}/events`), {
    headers: { Accept: 'text/event-stream', 'Accept-Language': spokenLanguage() },
    ...(signal ? { signal } : {}),
  }).catch((error: unknown) => {
    if (signal?.aborted) throw error;
    return undefined;
  });
  if (!response?.ok || !response.body) return;
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = '';
  for (;;) {
    const { value, done } = await reader.read().catch((error: unknown) => {
      if (signal?.aborted) throw error;
      return { value: undefined, done: true };
    });
    if (done) return;
    const blocks = (rest + value).split(/\r?\n\r?\n/);
    rest = blocks.pop() ?? '';
    for (const block of blocks) {
      const data = dataOf(block);
      if (data) see(JSON.parse(data) as Job);
    }
  }
}

/** The data lines of one event; comments and other fields are left out. */
export function dataOf(block: string): string {
  return block
    .split(/\r?\n/)
    .filter((line) => line.startsWith('data:'))
    .map((line) => line.slice('data:'.length).trimStart())
    .join('\n');
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
