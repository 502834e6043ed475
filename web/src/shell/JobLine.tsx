// One job: what it is, how far it is, and the way to stop it or to its result.
import { Anchor, Button, Progress } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { cancelJob, isActive, jobsQuery, madeVersion } from '../api/jobs';
import type { Job } from '../api/types';
import { type Formats, useFormats } from '../format';
import { type Say, useText } from '../text/useText';
import styles from './JobsTray.module.css';
import { useNow } from './useNow';

export function JobLine({ job, onOpen }: { job: Job; onOpen?: () => void }) {
  const text = useText();
  const queries = useQueryClient();
  const cancelling = useMutation({
    mutationFn: () => cancelJob(job.id),
    onSettled: () => queries.invalidateQueries(jobsQuery),
  });
  const made = madeVersion(job);
  const name = nameOf(job, text);
  return (
    <div className={styles.line}>
      <div className={styles.row}>
        <span className={styles.name} title={name}>
          {name}
        </span>
        {isActive(job) && (
          <Button
            size="compact-xs"
            variant="subtle"
            loading={cancelling.isPending}
            aria-label={text('jobs.cancel.named', { name })}
            onClick={() => cancelling.mutate()}
          >
            {text('jobs.cancel')}
          </Button>
        )}
        {made && (
          <Anchor
            size="sm"
            renderRoot={(props) => (
              <Link
                to="/map/$log"
                params={{ log: String(made.log) }}
                search={{ version: made.version }}
                {...props}
              />
            )}
            onClick={onOpen}
          >
            {text('jobs.openMap')}
          </Anchor>
        )}
      </div>
      <JobProgress job={job} />
    </div>
  );
}

/** Bar, phase, share, rate and time left of a running job; the outcome of a finished one. */
export function JobProgress({ job }: { job: Job }) {
  const text = useText();
  const format = useFormats();
  const now = useNow(isActive(job));
  if (!isActive(job)) {
    return (
      <p className={`${styles.facts} ${job.problem ? styles.bad : ''}`}>
        <span>{text(`jobs.state.${job.state}`)}</span>
        {job.finished_at && <span>{format.ago(job.finished_at, now)}</span>}
        {job.problem && <span className={styles.why}>{job.problem.detail}</span>}
      </p>
    );
  }
  return (
    <>
      <Progress
        size="sm"
        value={job.total > 0 ? (100 * job.done) / job.total : 100}
        animated
        aria-label={nameOf(job, text)}
      />
      <p className={styles.facts}>
        {factsOf(job, now, text, format).map((fact) => (
          <span key={fact}>{fact}</span>
        ))}
      </p>
    </>
  );
}

export function nameOf(job: Job, text: Say): string {
  return text(`jobs.kind.${job.kind}`, { name: job.subject });
}

function factsOf(job: Job, now: number, text: Say, format: Formats): string[] {
  const facts = [text(`jobs.phase.${job.phase}`)];
  if (job.total === 0) return facts;
  const amount = (count: number) =>
    job.unit === 'bytes' ? format.bytes(count) : format.number(count);
  facts.push(format.percent(job.done / job.total, 0));
  facts.push(text('jobs.progress', { done: amount(job.done), total: amount(job.total) }));
  const elapsed = job.started_at ? (now - new Date(job.started_at).getTime()) / 1000 : 0;
  if (job.unit === 'bytes' && elapsed > 1) facts.push(format.rate(job.done / elapsed));
  return facts;
}
