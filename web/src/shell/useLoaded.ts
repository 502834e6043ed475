// A part of a page that comes a moment later, and neither hides nor delays what is there: what
// suspends is shown a third of a second after the last thing that did, whenever it came.
import { useEffect, useState } from 'react';

type Load<T> = () => Promise<T>;

interface Came<T> {
  load: Load<T>;
  value?: T;
  error?: unknown;
}

const known = new Map<unknown, unknown>();

/**
 * What `load` gives, as soon as it is there; its failure is thrown. `load` must stay the same; it
 * is null as long as nothing is needed.
 */
export function useLoaded<T>(load: Load<T> | null): T | undefined {
  const [came, setCame] = useState<Came<T>>();
  useEffect(() => {
    if (!load || known.has(load)) return;
    let isWaited = true;
    load().then(
      (value) => {
        known.set(load, value);
        if (isWaited) setCame({ load, value });
      },
      (error: unknown) => {
        if (isWaited) setCame({ load, error });
      },
    );
    return () => {
      isWaited = false;
    };
  }, [load]);
  if (came?.load === load && came?.error !== undefined) throw came.error;
  return known.get(load) as T | undefined;
}

/** Begins to load before anybody needs it; what did not come is asked for again. */
export function ahead<T>(load: Load<T>): Load<T> {
  let first: Promise<T> | undefined = load();
  first.catch(() => {
    first = undefined;
  });
  return () => first ?? load();
}
