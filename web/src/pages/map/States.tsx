// What is said instead of a map that would show nothing, or nothing that can be read.
import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useText } from '../../text/useText';
import styles from '../log/States.module.css';
import type { Flat } from './flatness';
import { DRAWN_ACTIVITIES_MAX } from './useScene';

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
