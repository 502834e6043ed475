// Tells when a job that ran while this page was open has ended, with the way to its result.
import { Anchor } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useRouter } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';
import { isActive, jobsQuery, madeVersion } from '../api/jobs';
import { logsQuery } from '../api/logs';
import type { Job } from '../api/types';
import { useText } from '../text/useText';

export function useJobNotices(): void {
  const text = useText();
  const router = useRouter();
  const queries = useQueryClient();
  const { data: jobs } = useQuery(jobsQuery);
  const seen = useRef<Seen>(undefined);

  useEffect(() => {
    if (!jobs) return;
    const ended = endedSince(seen.current, jobs);
    seen.current = whatIsSeen(jobs);
    if (ended.length > 0) void queries.invalidateQueries(logsQuery);
    for (const job of ended.filter(isWorthTelling)) {
      const made = madeVersion(job);
      const open = () =>
        made && router.navigate({ to: '/map/$log', params: { log: String(made.log) } });
      const key = made ? 'jobs.finished' : 'jobs.failed';
      notifications.show({
        id: `job-${job.id}`,
        color: made ? 'teal' : 'orange',
        title: text(key, { name: job.subject }),
        message: made ? (
          <Anchor component="button" type="button" size="sm" onClick={open}>
            {text('jobs.openMap')}
          </Anchor>
        ) : (
          job.problem?.detail
        ),
        autoClose: made ? 12_000 : false,
      });
    }
  }, [jobs, text, router, queries]);
}

/** What the last look showed: jobs that were not over, and the newest of all. */
interface Seen {
  active: Set<number>;
  newest: number;
}

export function whatIsSeen(jobs: Job[]): Seen {
  const active = new Set(jobs.filter(isActive).map(({ id }) => id));
  return { active, newest: Math.max(0, ...jobs.map(({ id }) => id)) };
}

/** Jobs that have ended since; a short one may have begun since, too. */
export function endedSince(seen: Seen | undefined, jobs: Job[]): Job[] {
  if (!seen) return [];
  return jobs.filter((job) => !isActive(job) && (seen.active.has(job.id) || job.id > seen.newest));
}

function isWorthTelling(job: Job): boolean {
  return job.kind !== 'check' && (job.state === 'done' || job.state === 'failed');
}
