// What stands in place of a check that runs, failed, or is being done again.
import { Button, Group, Progress, Skeleton } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { cancelJob, isActive } from '../../../api/jobs';
import { failureOf } from '../../../api/problem';
import type { CheckResult } from '../../../api/types';
import { FailureView } from '../../../shell/FailureView';
import { JobProgress } from '../../../shell/JobLine';
import { Late } from '../../../shell/Late';
import panel from '../../../style/panel.module.css';
import { useText } from '../../../text/useText';
import styles from './CheckGate.module.css';
import { isCancelled, type useCheck } from './useCheck';

export type Check = ReturnType<typeof useCheck>;

interface CheckGateProps {
  check: Check;
  onOtherFile: () => void;
  children: (result: CheckResult) => ReactNode;
}

export function CheckGate({ check, onOtherFile, children }: CheckGateProps) {
  const text = useText();
  const { data, error, job, isFetching, refetch } = check;
  const cancelling = useMutation({ mutationFn: cancelJob });
  const isRunning = isFetching && job && isActive(job);
  if (error && !isFetching && isCancelled(failureOf(error))) {
    return (
      <div className={panel.panel} role="status">
        <h2 className={panel.heading}>{text('import.check.cancelled')}</h2>
        <Group>
          <Button onClick={() => void refetch()}>{text('import.check.again')}</Button>
          <Button variant="default" onClick={onOtherFile}>
            {text('import.otherFile')}
          </Button>
        </Group>
      </div>
    );
  }
  if (error && !isFetching) {
    return (
      <FailureView
        failure={failureOf(error)}
        onRetry={() => void refetch()}
        main={{ name: text('import.otherFile'), act: onOtherFile }}
      />
    );
  }
  if (!data) {
    return (
      <Late>
        <div className={panel.panel}>
          <h2 className={panel.heading}>{text('import.checking')}</h2>
          {isRunning ? (
            <>
              <JobProgress job={job} />
              <Button mt="sm" size="xs" variant="default" onClick={() => cancelling.mutate(job.id)}>
                {text('action.cancel')}
              </Button>
            </>
          ) : (
            <Skeleton height={8} />
          )}
        </div>
      </Late>
    );
  }
  return (
    <div className={styles.result} aria-busy={isFetching}>
      <div className={styles.line} role="status">
        {isFetching && (
          <>
            <span className="only-read-aloud">{text('import.checking')}</span>
            <Progress size={3} radius={0} value={100} animated aria-hidden />
          </>
        )}
      </div>
      <div className={styles.content} data-old={isFetching}>
        {children(data)}
      </div>
    </div>
  );
}
