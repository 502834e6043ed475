// Puts the filters of a page into the bar below the top bar.
import { type ReactNode, useLayoutEffect, useState } from 'react';
import { createPortal } from 'react-dom';
import styles from './FilterBar.module.css';
import { FILTER_BAR_ID } from './Shell';

export function FilterBar({ children }: { children: ReactNode }) {
  const [bar, setBar] = useState<HTMLElement | null>(null);
  useLayoutEffect(() => setBar(document.getElementById(FILTER_BAR_ID)), []);
  return bar && createPortal(<div className={styles.bar}>{children}</div>, bar);
}
