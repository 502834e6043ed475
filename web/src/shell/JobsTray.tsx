// What runs on the server now and what ran lately.
import { ActionIcon, Indicator, Popover, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { ListChecks } from 'lucide-react';
import { useState } from 'react';
import { isActive, jobsQuery } from '../api/jobs';
import type { Job } from '../api/types';
import { useText } from '../text/useText';
import { JobLine } from './JobLine';
import styles from './JobsTray.module.css';

const SHOWN_LIMIT = 12;
/** The popover writes its width into the element, so that no style sheet can. */
const WIDTH = 'calc(min(24rem, 100vw - 2 * var(--space-3)))';

export function JobsTray() {
  const text = useText();
  const [isOpen, setIsOpen] = useState(false);
  const { data: jobs = [] } = useQuery(jobsQuery);
  const activeCount = jobs.filter(isActive).length;
  const newest = jobs
    .filter(isWorthShowing)
    .sort((a, b) => b.id - a.id)
    .slice(0, SHOWN_LIMIT);
  return (
    <Popover
      opened={isOpen}
      onChange={setIsOpen}
      position="bottom-end"
      width={WIDTH}
      shadow="md"
      trapFocus
    >
      <Indicator label={activeCount} size={16} disabled={activeCount === 0} processing>
        <Popover.Target>
          <ActionIcon
            variant="default"
            size={32}
            aria-label={text('jobs.open', { count: activeCount })}
            aria-expanded={isOpen}
            onClick={() => setIsOpen((was) => !was)}
          >
            <ListChecks size={16} aria-hidden />
          </ActionIcon>
        </Popover.Target>
      </Indicator>
      <Popover.Dropdown className={styles.tray} aria-label={text('jobs.title')}>
        <h2 className={styles.title}>{text('jobs.title')}</h2>
        {newest.length === 0 && (
          <Text size="sm" c="dimmed">
            {text('jobs.none')}
          </Text>
        )}
        <ul className={styles.list}>
          {newest.map((job) => (
            <li key={job.id}>
              <JobLine job={job} onOpen={() => setIsOpen(false)} />
            </li>
          ))}
        </ul>
      </Popover.Dropdown>
    </Popover>
  );
}

/** A check that has ended was for the page that asked for it. */
function isWorthShowing(job: Job): boolean {
  return job.kind !== 'check' || isActive(job) || job.state === 'failed';
}
