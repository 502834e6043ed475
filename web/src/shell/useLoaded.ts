// A part of a page that comes a moment later, and neither hides nor delays what is there: what
// suspends is shown a third of a second after the last thing that did, whenever it came.
import { useEffect, useState } from 'react';

const known = new Map<unknown, unknown>();

/** What `load` gives, as soon as it is there; its failure is thrown. `load` must stay the same. */
export function useLoaded<T>(load: () => Promise<T>): T | undefined {
  const [came, setCame] = useState<{ value?: T; error?: unknown }>({});
  useEffect(() => {
    let isWaited = !known.has(load);
    if (!isWaited) return;
    load().then(
      (value) => {
        known.set(load, value);
        if (isWaited) setCame({ value });
      },
      (error: unknown) => {
        if (isWaited) setCame({ error });
      },
    );
    return () => {
      isWaited = false;
    };
  }, [load]);
  if (came.error !== undefined) throw came.error;
  return came.value ?? (known.get(load) as T | undefined);
}
