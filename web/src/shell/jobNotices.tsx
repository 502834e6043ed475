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
  const running = useRef(new Set<number>());

  useEffect(() => {
    if (!jobs) return;
    const ended = jobs.filter((job) => !isActive(job) && running.current.has(job.id));
    running.current = new Set(jobs.filter(isActive).map((job) => job.id));
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
        closeButtonProps: { 'aria-label': text('action.close') },
      });
    }
  }, [jobs, text, router, queries]);
}

function isWorthTelling(job: Job): boolean {
  return job.kind !== 'check' && (job.state === 'done' || job.state === 'failed');
}
