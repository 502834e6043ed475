// What every page about a log is given: the log, its version, and the state of its address.
import type { ReactNode } from 'react';
import type { Log, Version } from '../../api/types';

export interface LogViewProps<Search> {
  log: Log;
  version: Version;
  /** What is to be said about the version. */
  note: ReactNode;
  search: Search;
  onSearch: (change: Partial<Search>, how?: { replace?: boolean }) => void;
}
