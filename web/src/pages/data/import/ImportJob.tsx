// The import while it runs and when it has ended; the page may be left meanwhile.
import { Button, Group } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { CircleCheck } from 'lucide-react';
import { useEffect } from 'react';
import { followJob } from '../../../api/followJob';
import { cancelJob, isActive, jobsQuery, madeVersion, readJob } from '../../../api/jobs';
import { logsQuery } from '../../../api/logs';
import { failureOf } from '../../../api/problem';
import type { Job } from '../../../api/types';
import { useFormats } from '../../../format';
import { FailureView } from '../../../shell/FailureView';
import { JobProgress, nameOf } from '../../../shell/JobLine';
import panel from '../../../style/panel.module.css';
import { useText } from '../../../text/useText';
import { FigureRow } from '../report/FigureRow';
import styles from './ImportJob.module.css';

const route = getRouteApi('/data/import');
const UNPROCESSABLE = 422;

interface ImportJobProps {
  job: number;
  onOtherFile: () => void;
}

export function ImportJob({ job: id, onOtherFile }: ImportJobProps) {
  const text = useText();
  const queries = useQueryClient();
  const navigate = route.useNavigate();
  const { data: job, error, refetch } = useFollowedJob(id);
  const cancelling = useMutation({ mutationFn: () => cancelJob(id) });
  const hasEnded = job !== undefined && !isActive(job);
  useEffect(() => {
    if (!hasEnded) return;
    void queries.invalidateQueries(logsQuery);
    void queries.invalidateQueries(jobsQuery);
  }, [hasEnded, queries]);

  if (error) {
    return (
      <FailureView
        failure={failureOf(error)}
        onRetry={() => void refetch()}
        main={{ name: text('import.otherFile'), act: onOtherFile }}
      />
    );
  }
  if (!job) return null;
  const again = () => navigate({ search: ({ job: _, ...before }) => before });
  const made = madeVersion(job);
  if (job.problem) {
    return (
      <FailureView
        failure={{ kind: 'problem', problem: job.problem, status: UNPROCESSABLE }}
        onRetry={again}
        main={{ name: text('import.otherFile'), act: onOtherFile }}
      />
    );
  }
  return (
    <section className={panel.panel} aria-live="polite">
      <h2 className={panel.heading}>
        {made && <CircleCheck className={styles.done ?? ''} size={20} aria-hidden />}
        {made ? text('jobs.finished', { name: nameOfResult(job) }) : nameOf(job, text)}
      </h2>
      {made && <Outcome job={job} />}
      {isActive(job) && (
        <>
          <JobProgress job={job} />
          <p className={panel.note}>{text('import.leave')}</p>
        </>
      )}
      {hasEnded && !made && <p className={panel.note}>{text(`jobs.state.${job.state}`)}</p>}
      <Group mt="md">
        {isActive(job) && (
          <Button
            variant="default"
            loading={cancelling.isPending}
            onClick={() => cancelling.mutate()}
          >
            {text('action.cancel')}
          </Button>
        )}
        {hasEnded && !made && <Button onClick={again}>{text('failure.retry')}</Button>}
        {made && (
          <>
            <Button
              renderRoot={(props) => (
                <Link to="/map/$log" params={{ log: String(made.log) }} {...props} />
              )}
            >
              {text('data.openMap')}
            </Button>
            <Button
              variant="default"
              renderRoot={(props) => (
                <Link
                  to="/data/$log/versions/$version"
                  params={{ log: String(made.log), version: String(made.version) }}
                  {...props}
                />
              )}
            >
              {text('import.report')}
            </Button>
            <Button variant="default" onClick={onOtherFile}>
              {text('import.another')}
            </Button>
          </>
        )}
      </Group>
    </section>
  );
}

/** What the import brought, as far as the job says. */
function Outcome({ job }: { job: Job }) {
  const text = useText();
  const format = useFormats();
  const { cases, events, rows_refused: refused } = job.result ?? {};
  const facts = [
    { name: text('data.cases'), value: cases },
    { name: text('data.events'), value: events },
    { name: text('report.rowsRefused'), value: refused, isBad: refused !== 0 },
  ];
  return (
    <FigureRow
      figures={facts.flatMap(({ value, ...fact }) =>
        typeof value === 'number' ? [{ ...fact, value: format.number(value) }] : [],
      )}
    />
  );
}

/** The name of the log, or of the file where the job does not say it. */
function nameOfResult({ result, subject }: Job): string {
  return result && 'name' in result ? result.name : subject;
}

/** The job with every step it takes, until it ends. */
function useFollowedJob(id: number) {
  const queries = useQueryClient();
  const queryKey = ['job', id];
  return useQuery({
    queryKey,
    queryFn: async ({ signal }) =>
      followJob(await readJob(id, signal), {
        signal,
        onProgress: (job) => queries.setQueryData(queryKey, job),
      }),
    staleTime: Number.POSITIVE_INFINITY,
  });
}
