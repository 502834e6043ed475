// Opens the sample log: makes it on the server, and goes to its map when it is there.
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { followJob } from '../../api/followJob';
import { jobsQuery, madeVersion, startDemo } from '../../api/jobs';
import { logsQuery } from '../../api/logs';
import { failureError } from '../../api/problem';
import { useText } from '../../text/useText';
import { freeName } from './logName';

const UNPROCESSABLE = 422;

export function useSample() {
  const text = useText();
  const queries = useQueryClient();
  const navigate = useNavigate();
  return useMutation({
    mutationFn: async () => {
      const logs = await queries.fetchQuery(logsQuery);
      const started = await startDemo(freeName(text('data.sample.name'), logs));
      void queries.invalidateQueries(jobsQuery);
      return followJob(started, { onProgress: () => undefined });
    },
    onSuccess: async (job) => {
      await queries.invalidateQueries(logsQuery);
      if (job.problem) {
        throw failureError({ kind: 'problem', problem: job.problem, status: UNPROCESSABLE });
      }
      const made = madeVersion(job);
      if (made) await navigate({ to: '/map/$log', params: { log: String(made.log) } });
    },
  });
}
