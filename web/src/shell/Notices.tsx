// Where notices appear. A part of its own: no notice is shown before the page is.
import { MantineThemeProvider } from '@mantine/core';
import { Notifications, notifications } from '@mantine/notifications';
import { useEffect } from 'react';
import { useText } from '../text/useText';
import styles from './Notices.module.css';

export function Notices() {
  const text = useText();
  useEffect(() => {
    const onKey = ({ key }: KeyboardEvent) => {
      if (key === 'Escape') notifications.clean();
    };
    window.addEventListener('keydown', onKey, { capture: true });
    return () => window.removeEventListener('keydown', onKey, { capture: true });
  }, []);
  const Notification = {
    defaultProps: { closeButtonProps: { 'aria-label': text('action.close') } },
  };
  return (
    <MantineThemeProvider inherit theme={{ components: { Notification } }}>
      <Notifications position="bottom-center" limit={3} className={styles.notices ?? ''} />
    </MantineThemeProvider>
  );
}
