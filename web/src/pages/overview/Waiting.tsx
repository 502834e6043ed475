// A card of the overview whose answer is on its way, or did not come.
import { Skeleton } from '@mantine/core';
import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import type { Part } from '../../api/overview';
import { failureOf } from '../../api/problem';
import { FailureView } from '../../shell/FailureView';
import { Late } from '../../shell/Late';
import styles from './Overview.module.css';

/** About what an answer takes, so that little moves when it comes. */
const HEIGHT = 96;

interface WaitingProps<Q, T> {
  query: UseQueryResult<Q>;
  part: (answer: Q) => Part<T>;
  children: (answer: T) => ReactNode;
}

/** One part of an answer with several. */
export function Waiting<Q, T>({ query, part, children }: WaitingProps<Q, T>) {
  const { data, error, refetch } = query;
  const retry = () => void refetch();
  if (data !== undefined)
    return (
      <PartOf part={part(data)} onRetry={retry}>
        {children}
      </PartOf>
    );
  if (error) return <FailureView failure={failureOf(error)} onRetry={retry} />;
  return (
    <div className={styles.waiting}>
      <Late>
        <Skeleton height={HEIGHT} />
      </Late>
    </div>
  );
}

interface PartOfProps<T> {
  part: Part<T>;
  onRetry: () => void;
  children: (answer: T) => ReactNode;
}

export function PartOf<T>({ part, onRetry, children }: PartOfProps<T>) {
  if ('error' in part) return <FailureView failure={failureOf(part.error)} onRetry={onRetry} />;
  return children(part.answer);
}
