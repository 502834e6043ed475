// Puts the filters of a page into the bar below the top bar.
import { type ReactNode, useLayoutEffect, useState } from 'react';
import { createPortal } from 'react-dom';
import { useText } from '../text/useText';
import styles from './FilterBar.module.css';
import { FILTER_BAR_ID } from './Shell';

export function FilterBar({ children }: { children: ReactNode }) {
  const text = useText();
  const [bar, setBar] = useState<HTMLElement | null>(null);
  useLayoutEffect(() => setBar(document.getElementById(FILTER_BAR_ID)), []);
  return (
    bar &&
    createPortal(
      <section className={styles.bar} aria-label={text('explore.filters')}>
        {children}
      </section>,
      bar,
    )
  );
}
