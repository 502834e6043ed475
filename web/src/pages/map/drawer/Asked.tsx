// An answer that is on its way, has failed, or is there: one part of the drawer fails alone.
import { Skeleton } from '@mantine/core';
import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { failureOf } from '../../../api/problem';
import { FailureView } from '../../../shell/FailureView';
import { Late } from '../../../shell/Late';

interface AskedProps<T> {
  query: UseQueryResult<T>;
  children: (answer: T) => ReactNode;
}

export function Asked<T>({ query, children }: AskedProps<T>) {
  if (query.data !== undefined) return children(query.data);
  if (query.error) {
    return <FailureView failure={failureOf(query.error)} onRetry={() => void query.refetch()} />;
  }
  return (
    <Late>
      <Skeleton height={72} mt="sm" />
    </Late>
  );
}
