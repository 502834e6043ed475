// Which version the page shows: it stays while another one becomes the current one.
import { useEffect, useSyncExternalStore } from 'react';

interface Shown {
  log: number;
  version: number;
}

const listeners = new Set<() => void>();
let shown: Shown | undefined;

/** The version of the log that is on the page; nothing while none of it is. */
export function useShownVersion(log: number): number | undefined {
  const now = useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => shown,
  );
  return now?.log === log ? now.version : undefined;
}

/** The same for what is no part of a page. */
export function shownVersion(log: number): number | undefined {
  return shown?.log === log ? shown.version : undefined;
}

/** Says so while the page is there. */
export function useShows(log: number, version: number): void {
  useEffect(() => {
    change({ log, version });
    return () => change(undefined);
  }, [log, version]);
}

function change(next: Shown | undefined): void {
  shown = next;
  for (const listener of listeners) listener();
}
