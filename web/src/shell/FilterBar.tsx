// Puts the filters of a page into the bar below the top bar.
import { type ReactNode, useLayoutEffect, useState } from 'react';
import { createPortal } from 'react-dom';
import styles from './FilterBar.module.css';
import { FILTER_BAR_ID } from './Shell';

interface FilterBarProps {
  name: string;
  children: ReactNode;
}

export function FilterBar({ name, children }: FilterBarProps) {
  const [bar, setBar] = useState<HTMLElement | null>(null);
  useLayoutEffect(() => setBar(document.getElementById(FILTER_BAR_ID)), []);
  const content = (
    <section className={styles.bar} aria-label={name}>
      {children}
    </section>
  );
  return bar && createPortal(content, bar);
}
