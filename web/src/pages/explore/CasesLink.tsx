// Leads to the cases behind a figure: those of the page's filters, and of one more.
import { Link } from '@tanstack/react-router';
import { createContext, type ReactNode, useContext } from 'react';

/** The cases that a page is about. */
export interface CasesOfPage {
  log: number;
  /** Only where the address of the page names one. */
  version: number | undefined;
  filters: unknown[];
}

export const PageCases = createContext<CasesOfPage | null>(null);

export function useCasesOfPage(): CasesOfPage | null {
  return useContext(PageCases);
}

/** One case, opened among those of the page. */
export function caseAddress({ log, version, filters }: CasesOfPage, id: string) {
  return {
    to: CASES,
    params: { log: String(log) },
    search: { version, filters: filters.length > 0 ? filters : undefined, case: id },
  } as const;
}

export function CaseLink({ id }: { id: string }) {
  const page = useContext(PageCases);
  if (!page) return <>{id}</>;
  return (
    <Link {...caseAddress(page, id)} preload={false}>
      {id}
    </Link>
  );
}

const CASES = '/cases/$log';

interface CasesLinkProps {
  /** What else the cases must be. */
  and?: unknown[];
  /** For a figure whose meaning does not stand beside it. */
  label?: string | undefined;
  className?: string | undefined;
  children: ReactNode;
}

export function CasesLink({ and = [], label, className, children }: CasesLinkProps) {
  const page = useContext(PageCases);
  if (!page) return <>{children}</>;
  const filters = [...page.filters, ...and];
  return (
    <Link
      to={CASES}
      params={{ log: String(page.log) }}
      search={{ version: page.version, filters: filters.length > 0 ? filters : undefined }}
      preload={false}
      aria-label={label}
      className={className ?? ''}
    >
      {children}
    </Link>
  );
}
