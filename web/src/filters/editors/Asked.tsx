// An answer that an editor needs: what is shown until it is there, and when it does not come.
import { Skeleton } from '@mantine/core';
import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { failureOf } from '../../api/problem';
import { FailureView } from '../../shell/FailureView';
import { Late } from '../../shell/Late';

interface AskedProps<T> {
  query: UseQueryResult<T>;
  children: (answer: T) => ReactNode;
}

export function Asked<T>({ query, children }: AskedProps<T>) {
  const { data, error, refetch } = query;
  if (data !== undefined) return children(data);
  if (error) return <FailureView failure={failureOf(error)} onRetry={() => void refetch()} />;
  return (
    <Late>
      <Skeleton height={160} />
    </Late>
  );
}
