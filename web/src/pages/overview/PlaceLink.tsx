// Leads to another place of the log, with the same version and filters.
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useCasesOfPage } from '../explore/CasesLink';
import type { Place } from '../explore/places';
import { linkSearch } from '../explore/search';

interface PlaceLinkProps {
  to: Place['to'];
  /** What the place is to show besides. */
  search?: Record<string, unknown>;
  label?: string | undefined;
  children: ReactNode;
}

export function PlaceLink({ to, search, label, children }: PlaceLinkProps) {
  const page = useCasesOfPage();
  if (!page) return <>{children}</>;
  return (
    <Link
      to={to}
      params={{ log: String(page.log) }}
      search={{ ...linkSearch(page.version, page.filters), ...search }}
      preload={false}
      aria-label={label}
    >
      {children}
    </Link>
  );
}
