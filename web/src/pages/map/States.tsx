// What is said instead of a map that would show nothing, or nothing that can be read.
import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { FilterEffect } from '../../api/map';
import { useText } from '../../text/useText';
import type { Flat } from './flatness';
import styles from './States.module.css';
import { DRAWN_ACTIVITIES_MAX } from './useScene';

interface NoMatchProps {
  filters: FilterEffect[];
  onRemove: (filter: number) => void;
  onClear: () => void;
}

/** No case is left: which filter removes most, and the ways back. */
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

interface FlatViewProps {
  flat: Flat;
  log: number;
  version: number;
  onShow: () => void;
}

export function FlatView({ flat, log, version, onShow }: FlatViewProps) {
  const text = useText();
  return (
    <section className={styles.state} role="status">
      <h2 className={styles.title}>
        {flat.kind === 'activity'
          ? text('map.flat.activity.title', { activity: flat.activity })
          : text('map.flat.case.title')}
      </h2>
      <p className={styles.detail}>{text(`map.flat.${flat.kind}.detail`)}</p>
      <div className={styles.buttons}>
        <Button
          renderRoot={(props) => (
            <Link
              to="/data/$log/versions/$version"
              params={{ log: String(log), version: String(version) }}
              {...props}
            />
          )}
        >
          {text('map.flat.open')}
        </Button>
        <Button variant="default" onClick={onShow}>
          {text('map.flat.show')}
        </Button>
      </div>
    </section>
  );
}

export function TooBig({ count, onTable }: { count: number; onTable: () => void }) {
  const text = useText();
  return (
    <section className={styles.state} role="status">
      <h2 className={styles.title}>{text('map.big.title', { count })}</h2>
      <p className={styles.detail}>{text('map.big.detail', { most: DRAWN_ACTIVITIES_MAX })}</p>
      <div className={styles.buttons}>
        <Button onClick={onTable}>{text('map.big.table')}</Button>
      </div>
    </section>
  );
}
