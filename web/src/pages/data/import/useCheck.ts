// What the server makes of the uploaded file under the chosen settings.
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { spokenLanguage } from '../../../api/client';
import { followJob } from '../../../api/followJob';
import { cancelJob, isActive, readJob, startCheck } from '../../../api/jobs';
import { logsQuery } from '../../../api/logs';
import { type Failure, failureError } from '../../../api/problem';
import type { CheckJoin, CheckResult, ImportSettings, Job } from '../../../api/types';

const UNPROCESSABLE = 422;
const KEPT_MS = 30 * 60_000;

/** What is looked at: the file, how it is read, and the log that it may join. */
export interface Checked {
  upload: number | undefined;
  /** What the user has said; nothing means as it is found, or as the log was read last. */
  settings: ImportSettings | undefined;
  join?: CheckJoin | undefined;
}

/** And the version of that log which the answer is about. */
interface Asked extends Checked {
  version: number | undefined;
}

/** Checks anew when the settings or the log change; a check that nobody waits for is cancelled. */
export function useCheck({ upload, settings, join }: Checked) {
  const [job, setJob] = useState<Job>();
  const { data: logs, isPending } = useQuery({ ...logsQuery, enabled: join !== undefined });
  const version = join && logs?.find(({ id }) => id === join.log)?.current?.number;
  const check = useQuery({
    queryKey: ['check', upload, settings, join, version],
    queryFn: ({ signal }) => runCheck({ upload, settings, join, version }, signal, setJob),
    enabled: upload !== undefined && !(join && isPending),
    placeholderData: keepPreviousData,
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: KEPT_MS,
    retry: false,
  });
  return { ...check, job };
}

/** The job of a check that is under way or has its result, or a new one. */
async function jobOf(checked: Asked, signal: AbortSignal): Promise<Job> {
  const known = await knownJob(checked, signal);
  if (known) return known;
  const { upload, settings, join } = checked;
  const started = await startCheck(upload ?? 0, settings, join, signal);
  sessionStorage.setItem(keyOf(checked), String(started.id));
  return started;
}

/** After a reload: the check goes on, or its result is there. A log may have changed since then. */
async function knownJob(checked: Asked, signal: AbortSignal): Promise<Job | undefined> {
  const id = Number(sessionStorage.getItem(keyOf(checked)));
  if (!id) return undefined;
  const job = await readJob(id, signal).catch(() => undefined);
  if (job?.kind !== 'check') return undefined;
  return isActive(job) || (job.state === 'done' && !checked.join) ? job : undefined;
}

/** The library speaks in the language in which the check was asked for. */
function keyOf({ upload, settings, join, version }: Asked): string {
  return `check ${spokenLanguage()} ${JSON.stringify([upload, settings, join, version])}`;
}

async function runCheck(
  checked: Asked,
  signal: AbortSignal,
  onProgress: (job: Job) => void,
): Promise<CheckResult> {
  const started = await jobOf(checked, signal);
  try {
    const job = await followJob(started, { signal, onProgress });
    // The server was stopped in between and is there again: the check has no harm in it.
    if (job.state === 'interrupted') return await runCheck(checked, signal, onProgress);
    return resultOf(job);
  } catch (error) {
    if (signal.aborted) void cancelJob(started.id).catch(() => undefined);
    throw error;
  }
}

/** What a check that somebody has cancelled fails with. */
const CANCELLED = 'cancelled';

export function isCancelled(failure: Failure): boolean {
  return failure.kind === 'fault' && failure.message === CANCELLED;
}

function resultOf({ state, result, problem }: Job): CheckResult {
  if (state === 'done' && result) return result as unknown as CheckResult;
  if (problem) throw failureError({ kind: 'problem', problem, status: UNPROCESSABLE });
  throw failureError({ kind: 'fault', message: state });
}
