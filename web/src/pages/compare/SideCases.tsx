// Leads to the cases of a side, in the version that it is of.
import type { ReactNode } from 'react';
import { CasesLink, PageCases, useCasesOfPage } from '../explore/CasesLink';
import { filtersOfSide, type Sides } from './sides';

interface SideCasesProps {
  sides: Sides;
  side: 'a' | 'b';
  /** What else the cases must be. */
  and?: unknown[];
  children: ReactNode;
}

export function SideCases({ sides, side, and = [], children }: SideCasesProps) {
  const page = useCasesOfPage();
  const link = <CasesLink and={[...filtersOfSide(sides, side), ...and]}>{children}</CasesLink>;
  if (side === 'a' || sides.against === undefined || !page) return link;
  return <PageCases value={{ ...page, version: sides.against }}>{link}</PageCases>;
}
