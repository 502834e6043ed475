// Says that the server does not answer, and when it does again.
import { PlugZap, Unplug } from 'lucide-react';
import { useEffect } from 'react';
import { useText } from '../text/useText';
import styles from './ConnectionBanner.module.css';
import { dismissBack, useConnection } from './connection';

const SHOWN_WHEN_BACK_MS = 5_000;

export function ConnectionBanner() {
  const text = useText();
  const connection = useConnection();
  useEffect(() => {
    if (connection !== 'back') return;
    const timer = setTimeout(dismissBack, SHOWN_WHEN_BACK_MS);
    return () => clearTimeout(timer);
  }, [connection]);
  return (
    <div role="status">
      {connection === 'lost' && (
        <p className={styles.lost}>
          <Unplug size={16} aria-hidden />
          {text('shell.connection.lost')}
        </p>
      )}
      {connection === 'back' && (
        <p className={styles.back}>
          <PlugZap size={16} aria-hidden />
          {text('shell.connection.back')}
        </p>
      )}
    </div>
  );
}
