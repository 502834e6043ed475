// Three doors for a log without data.
import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { Cable, type LucideIcon, Sparkles, Upload } from 'lucide-react';
import type { TextKey } from '../../text/messages';
import { useText } from '../../text/useText';
import styles from './States.module.css';

interface Door {
  icon: LucideIcon;
  name: TextKey;
  detail: TextKey;
  to: '/data/import' | '/data';
}

const DOORS: Door[] = [
  { icon: Upload, name: 'map.empty.upload', detail: 'map.empty.upload.detail', to: '/data/import' },
  { icon: Cable, name: 'map.empty.crm', detail: 'map.empty.crm.detail', to: '/data/import' },
  { icon: Sparkles, name: 'map.empty.sample', detail: 'map.empty.sample.detail', to: '/data' },
];

export function NoData() {
  const text = useText();
  return (
    <section className={styles.state}>
      <h1 className={styles.title}>{text('map.empty.title')}</h1>
      <div className={styles.doors}>
        {DOORS.map(({ icon: Icon, name, detail, to }) => (
          <div key={name} className={styles.door}>
            <Icon size={28} strokeWidth={1.5} aria-hidden />
            <p className={styles.detail}>{text(detail)}</p>
            <Button variant="default" renderRoot={(props) => <Link to={to} {...props} />}>
              {text(name)}
            </Button>
          </div>
        ))}
      </div>
    </section>
  );
}
