// What the server makes of the uploaded file under the chosen settings.
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { followJob } from '../../../api/followJob';
import { cancelJob, startCheck } from '../../../api/jobs';
import { failureError } from '../../../api/problem';
import type { CheckResult, ImportSettings, Job } from '../../../api/types';

const UNPROCESSABLE = 422;
const KEPT_MS = 30 * 60_000;

/** Checks anew when the settings change; a check that nobody waits for is cancelled. */
export function useCheck(upload: number | undefined, settings: ImportSettings) {
  const [job, setJob] = useState<Job>();
  const check = useQuery({
    queryKey: ['check', upload, settings],
    queryFn: ({ signal }) => runCheck(upload ?? 0, settings, signal, setJob),
    enabled: upload !== undefined,
    placeholderData: keepPreviousData,
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: KEPT_MS,
    retry: false,
  });
  return { ...check, job };
}

async function runCheck(
  upload: number,
  settings: ImportSettings,
  signal: AbortSignal,
  onProgress: (job: Job) => void,
): Promise<CheckResult> {
  const started = await startCheck(upload, settings, signal);
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
