// Leads to the cases behind a figure: those of the page's filters, and of one more.
import { createContext, type ReactNode, useContext } from 'react';
import { CasesAnchor } from './CasesAnchor';
import { linkSearch } from './search';

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
    to: '/cases/$log',
    params: { log: String(log) },
    search: { version, filters: filters.length > 0 ? filters : undefined, case: id },
  } as const;
}

export function CaseLink({ id }: { id: string }) {
  const page = useContext(PageCases);
  if (!page) return <>{id}</>;
  return (
    <CasesAnchor log={page.log} search={caseAddress(page, id).search}>
      {id}
    </CasesAnchor>
  );
}

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
    <CasesAnchor
      log={page.log}
      search={linkSearch(page.version, filters)}
      aria-label={label}
      className={className}
    >
      {children}
    </CasesAnchor>
  );
}
