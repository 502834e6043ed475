// How many cases a filter that is being made would leave, of what the others leave.
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { effectsQuery } from '../api/filters';
import { useText } from '../text/useText';
import styles from './Builder.module.css';
import type { Filter, OneFilter } from './filter';
import { keepsOf } from './filter';

interface KeepingProps {
  version: string;
  /** The other filters at work. */
  others: Filter[];
  filter: OneFilter;
}

export function Keeping({ version, others, filter }: KeepingProps) {
  const text = useText();
  const weighed = [...others, filter].map((one) => ({ filter: one, isPaused: false }));
  const { data, isPlaceholderData } = useQuery({
    ...effectsQuery(version, weighed),
    placeholderData: keepPreviousData,
  });
  const keeps = keepsOf(filter);
  if (keeps === 'everything' || !data?.left) return null;
  const removed = data.removed.at(-1)?.[keeps] ?? 0;
  const left = data.left[keeps];
  return (
    <p className={styles.note} role="status" data-busy={isPlaceholderData}>
      {text(`filters.leaves.${keeps}`, { left, total: left + removed })}
    </p>
  );
}
