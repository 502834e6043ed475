// What is said when a log has no version of the number in the address: which ones there are.
import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { versionsQuery } from '../../api/logs';
import type { Log, Version } from '../../api/types';
import { useText } from '../../text/useText';
import styles from './States.module.css';

interface NoVersionProps {
  log: Log;
  /** The number that is not there. */
  number: number;
  current: Version;
  onCurrent: () => void;
}

export function NoVersion({ log, number, current, onCurrent }: NoVersionProps) {
  const text = useText();
  const { data } = useQuery(versionsQuery(log.id));
  const numbers = data?.map((version) => version.number) ?? [current.number];
  return (
    <section className={styles.state} role="alert">
      <h1 className={styles.title}>
        {text('map.noVersion.title', { number: String(number), log: log.name })}
      </h1>
      <p className={styles.detail}>
        {text('map.noVersion.detail', { count: numbers.length, versions: runsOf(numbers) })}
      </p>
      <div className={styles.buttons}>
        <Button onClick={onCurrent}>
          {text('map.noVersion.open', { number: String(current.number) })}
        </Button>
        <Button
          variant="default"
          renderRoot={(props) => (
            <Link to="/data/$log" params={{ log: String(log.id) }} {...props} />
          )}
        >
          {text('map.noVersion.all')}
        </Button>
      </div>
    </section>
  );
}

/** Numbers in their order, those without a gap between them as one: `1–3, 5`. */
export function runsOf(numbers: number[]): string {
  const runs: [first: number, last: number][] = [];
  for (const number of numbers.toSorted((one, other) => one - other)) {
    const run = runs.at(-1);
    if (run && run[1] + 1 === number) run[1] = number;
    else runs.push([number, number]);
  }
  return runs.map(([first, last]) => (first === last ? first : `${first}–${last}`)).join(', ');
}
