// A number of cases that leads to exactly these cases.
import { Anchor } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { LogSearch } from '../explore/search';

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
    <Anchor
      inherit
      aria-label={label}
      underline={isInText ? 'always' : 'hover'}
      renderRoot={(rest) => (
        <Link
          to="/cases/$log"
          params={{ log: String(log) }}
          search={linkSearch(version, filters)}
          preload={false}
          {...rest}
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
