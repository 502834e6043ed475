// What the server makes of the uploaded file under the chosen settings.
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { followJob } from '../../../api/followJob';
import { cancelJob, startCheck } from '../../../api/jobs';
import { failureError } from '../../../api/problem';
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

/** Checks anew when the settings change; a check that nobody waits for is cancelled. */
export function useCheck({ upload, settings, join }: Checked) {
  const [job, setJob] = useState<Job>();
  const check = useQuery({
    queryKey: ['check', upload, settings, join],
    queryFn: ({ signal }) => runCheck({ upload, settings, join }, signal, setJob),
    enabled: upload !== undefined,
    placeholderData: keepPreviousData,
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: KEPT_MS,
    retry: false,
  });
  return { ...check, job };
}

async function runCheck(
  { upload, settings, join }: Checked,
  signal: AbortSignal,
  onProgress: (job: Job) => void,
): Promise<CheckResult> {
  const started = await startCheck(upload ?? 0, settings, join, signal);
  try {
    return resultOf(await followJob(started, { signal, onProgress }));
  } catch (error) {
    if (signal.aborted) void cancelJob(started.id).catch(() => undefined);
    throw error;
  }
}

function resultOf({ state, result, problem }: Job): CheckResult {
  if (state === 'done' && result) return result as unknown as CheckResult;
  if (problem) throw failureError({ kind: 'problem', problem, status: UNPROCESSABLE });
  throw failureError({ kind: 'fault', message: state });
}
