// A number of cases that leads to exactly these cases.
import { Anchor } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { LogSearch } from './search';

interface NamedCasesProps {
  log: number;
  version?: number | undefined;
  filters: unknown[];
  /** What the link is for those who hear it, where the number alone does not say it. */
  label?: string | undefined;
  children: ReactNode;
}

export function NamedCases({ log, version, filters, label, children }: NamedCasesProps) {
  return (
    <Anchor
      inherit
      aria-label={label}
      renderRoot={(props) => (
        <Link
          to="/cases/$log"
          params={{ log: String(log) }}
          search={linkSearch(version, filters)}
          preload={false}
          {...props}
        />
      )}
    >
      {children}
    </Anchor>
  );
}

/** The address of another page of the log, with the same version and these filters. */
export function linkSearch(version: number | undefined, filters: unknown[]): LogSearch {
  return {
    ...(version === undefined ? {} : { version }),
    ...(filters.length === 0 ? {} : { filters }),
  };
}
