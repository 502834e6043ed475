// A number of cases that leads to exactly these cases.
import type { ReactNode } from 'react';
import { CasesAnchor } from '../explore/CasesAnchor';
import { linkSearch } from '../explore/search';
import styles from './NamedCases.module.css';

interface NamedCasesProps {
  log: number;
  version?: number | undefined;
  filters: unknown[];
  /** What the link is for those who hear it, where the number alone does not say it. */
  label?: string | undefined;
  /** It stands among words, where its colour alone would not show that it leads somewhere. */
  isInText?: boolean;
  children: ReactNode;
}

export function NamedCases(props: NamedCasesProps) {
  const { log, version, filters, label, isInText = false, children } = props;
  return (
    <CasesAnchor
      log={log}
      search={linkSearch(version, filters)}
      className={styles.link}
      data-in-text={isInText || undefined}
      aria-label={label}
    >
      {children}
    </CasesAnchor>
  );
}
