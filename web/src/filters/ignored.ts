// What of the address made no sense when it was opened: the router makes the address right at once,
// so that it has to be remembered until the next step.
import { useSyncExternalStore } from 'react';

interface Ignored {
  /** How many filters. */
  filters: number;
  words: string[];
}

const NOTHING: Ignored = { filters: 0, words: [] };

let ignored = NOTHING;
const listeners = new Set<() => void>();

/**
 * Called while an address is read, maybe several times: whoever shows it is told afterwards.
 */
export function noteIgnored({ filters, words }: Ignored): void {
  if (filters === 0 && words.length === 0) return;
  queueMicrotask(() =>
    change({
      filters: Math.max(filters, ignored.filters),
      words: [...new Set([...ignored.words, ...words])],
    }),
  );
}

export function forgetIgnored(): void {
  if (ignored !== NOTHING) change(NOTHING);
}

export function useIgnored(): Ignored {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => ignored,
  );
}

function change(next: Ignored): void {
  ignored = next;
  for (const listener of listeners) listener();
}
