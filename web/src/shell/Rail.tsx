// The places of the product, always in sight.
import { Link } from '@tanstack/react-router';
import { type LucideIcon, Map as MapIcon, Upload } from 'lucide-react';
import type { TextKey } from '../text/messages';
import { useText } from '../text/useText';
import { Mark } from './Mark';
import styles from './Rail.module.css';

interface RailPlace {
  to: '/map' | '/data';
  name: TextKey;
  icon: LucideIcon;
}

const PLACES: RailPlace[] = [
  { to: '/map', name: 'place.map', icon: MapIcon },
  { to: '/data', name: 'place.data', icon: Upload },
];

export function Rail() {
  const text = useText();
  return (
    <nav className={`${styles.rail} not-printed`} aria-label={text('shell.main')}>
      <div className={styles.mark}>
        <Mark />
      </div>
      {PLACES.map(({ to, name, icon: Icon }) => (
        <Link
          key={to}
          to={to}
          preload={false}
          className={styles.place ?? ''}
          activeProps={{ className: styles.here ?? '', 'aria-current': 'page' }}
        >
          <Icon size={19} strokeWidth={1.9} aria-hidden />
          <span className={styles.name}>{text(name)}</span>
        </Link>
      ))}
    </nav>
  );
}
