// What is said instead of a map that would show nothing, or nothing that can be read.
import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { MapOfVersion } from '../../api/map';
import { useText } from '../../text/useText';
import styles from '../log/States.module.css';
import { DRAWN_ACTIVITIES_MAX } from './useScene';

export type Flat = { kind: 'activity'; activity: string } | { kind: 'case' };

/** Whether a log has no process in it: one activity, or one event in every case. */
export function flatness(whole: MapOfVersion): Flat | null {
  const { activities, paths, left_out } = whole.map;
  const [only] = activities;
  if (activities.length === 1 && only && left_out.length === 0) {
    return { kind: 'activity', activity: only.activity };
  }
  const isOneEach = whole.total.events > 1 && whole.total.events === whole.total.cases;
  return paths.length === 0 && isOneEach ? { kind: 'case' } : null;
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
