// Where notices appear. A part of its own: no notice is shown before the page is.
import { MantineThemeProvider } from '@mantine/core';
import { Notifications, notifications, notificationsStore } from '@mantine/notifications';
import { useEffect } from 'react';
import { useText } from '../text/useText';
import styles from './Notices.module.css';

export function Notices() {
  const text = useText();
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key !== 'Escape' || event.isComposing || isWantedElsewhere(event)) return;
      // Whoever closes something of the page says so until then.
      setTimeout(() => {
        if (!event.defaultPrevented) hideNewest();
      });
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

function hideNewest(): void {
  const newest = notificationsStore.getState().notifications.at(-1);
  if (newest?.id) notifications.hide(newest.id);
}

/** What closes with Escape by itself: it is open, or the focus is in what has it open. */
const MODAL = '[role="dialog"][aria-modal="true"]';
const OPEN =
  '[role="dialog"], [role="menu"], [role="listbox"], [aria-haspopup][aria-expanded="true"]';

function isWantedElsewhere(event: KeyboardEvent): boolean {
  const isOpen = event
    .composedPath()
    .some((place) => place instanceof Element && place.matches(OPEN));
  return isOpen || document.querySelector(MODAL) !== null;
}
