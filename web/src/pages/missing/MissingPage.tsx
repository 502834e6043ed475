// The page for an address that leads nowhere.
import { Button } from '@mantine/core';
import { Link, useLocation } from '@tanstack/react-router';
import { Compass } from 'lucide-react';
import { useTitle } from '../../shell/useTitle';
import { useText } from '../../text/useText';
import styles from './MissingPage.module.css';

export function MissingPage() {
  const text = useText();
  const { pathname } = useLocation();
  useTitle(text('missing.title'));
  return (
    <section className={styles.missing}>
      <Compass size={40} strokeWidth={1.4} aria-hidden />
      <h1 className={styles.title}>{text('missing.title')}</h1>
      <p className={styles.detail}>{text('missing.detail', { address: pathname })}</p>
      <Button renderRoot={(props) => <Link to="/data" {...props} />}>{text('missing.back')}</Button>
    </section>
  );
}
