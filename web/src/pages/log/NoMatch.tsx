// What is said when the filters leave no case: which one removes most, and the ways back.
import { Button } from '@mantine/core';
import type { FilterEffect } from '../../api/map';
import { useText } from '../../text/useText';
import styles from './States.module.css';

interface NoMatchProps {
  filters: FilterEffect[];
  onRemove: (filter: number) => void;
  onClear: () => void;
}

export function NoMatch({ filters, onRemove, onClear }: NoMatchProps) {
  const text = useText();
  if (filters.length === 0) {
    return (
      <section className={styles.state} role="status">
        <h2 className={styles.title}>{text('map.nomatch.none')}</h2>
      </section>
    );
  }
  const most = filters.reduce(
    (best, filter, idx) =>
      filter.cases_removed > (filters[best]?.cases_removed ?? -1) ? idx : best,
    0,
  );
  const number = most + 1;
  return (
    <section className={styles.state} role="status">
      <h2 className={styles.title}>{text('map.nomatch.title', { count: filters.length })}</h2>
      <p className={styles.detail}>
        {text('map.nomatch.most', { number, cases: filters[most]?.cases_removed ?? 0 })}
      </p>
      <div className={styles.buttons}>
        <Button onClick={() => onRemove(most)}>{text('map.nomatch.remove', { number })}</Button>
        {filters.length > 1 && (
          <Button variant="default" onClick={onClear}>
            {text('map.nomatch.clear')}
          </Button>
        )}
      </div>
    </section>
  );
}
