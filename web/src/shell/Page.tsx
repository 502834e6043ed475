// A page of text and tables: its title, what can be done here, its content.
import type { ReactNode } from 'react';
import styles from './Page.module.css';
import { useTitle } from './useTitle';

interface PageProps {
  title: string;
  /** Shown under the title. */
  subtitle?: ReactNode;
  /** Shown above the title: the way back. */
  back?: ReactNode;
  actions?: ReactNode;
  children: ReactNode;
}

export function Page({ title, subtitle, back, actions, children }: PageProps) {
  useTitle(title);
  return (
    <div className={styles.page}>
      {back && <nav className={styles.back}>{back}</nav>}
      <header className={styles.head}>
        <div className={styles.titles}>
          <h1 className={styles.title}>{title}</h1>
          {subtitle && <p className={styles.subtitle}>{subtitle}</p>}
        </div>
        {actions && <div className={styles.actions}>{actions}</div>}
      </header>
      {children}
    </div>
  );
}
