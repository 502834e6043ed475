// Which filter of the bar somebody elsewhere on the page asks to change.
import { useSyncExternalStore } from 'react';

let asked: number | undefined;
const listeners = new Set<() => void>();

/** `at`: its place in the bar; nothing once it is being changed. */
export function askForEditing(at: number | undefined): void {
  asked = at;
  for (const listener of listeners) listener();
}

export function useAskedEditing(): number | undefined {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => asked,
  );
}
