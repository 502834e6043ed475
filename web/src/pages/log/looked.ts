// What a page is about, for what is taken away from it: the log, the version, and what was asked.
import { createContext, useContext } from 'react';
import type { ScopeAnswer } from '../../api/analysis';
import type { Log, Version } from '../../api/types';

export interface Looked {
  log: Log;
  version: Version;
  scope: ScopeAnswer | undefined;
  filters: unknown[];
}

/** The log and version of the page: what is taken away from it has their names. */
export const TakenFrom = createContext<Pick<Looked, 'log' | 'version'> | null>(null);

export const LookedAt = createContext<Looked | null>(null);

export function useLooked(): Looked | null {
  return useContext(LookedAt);
}
