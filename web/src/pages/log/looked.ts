// What a page is about, for what is taken away from it: the log, the version, and what was asked.
import { createContext, useContext } from 'react';
import type { Log, Version } from '../../api/types';

export interface Looked {
  log: Log;
  version: Version;
  /** Cases, period and version in one line, then a line for each filter. */
  caption: string[];
}

export const LookedAt = createContext<Looked | null>(null);

export function useLooked(): Looked | null {
  return useContext(LookedAt);
}
