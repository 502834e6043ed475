// Is the server there? One small store: lost as soon as one request gets no answer, then asked
// every two seconds until it answers again.
import type { QueryClient } from '@tanstack/react-query';
import { useSyncExternalStore } from 'react';

const ASK_AGAIN_MS = 2_000;

export type Connection = 'there' | 'lost' | 'back';

const listeners = new Set<() => void>();
let state: Connection = 'there';
let asking = false;
let whenBack: () => void = () => undefined;

export function useConnection(): Connection {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => state,
  );
}

/** After a pause everything on the screen is asked again. */
export function refreshWhenBack(queries: QueryClient): void {
  whenBack = () => void queries.invalidateQueries();
}

export function reportLost(): void {
  if (asking) return;
  asking = true;
  change('lost');
  setTimeout(askAgain, ASK_AGAIN_MS);
}

export function dismissBack(): void {
  if (state === 'back') change('there');
}

async function askAgain(): Promise<void> {
  const answered = await fetch('/healthz', { cache: 'no-store' }).then(
    (response) => response.ok,
    () => false,
  );
  if (!answered) {
    setTimeout(askAgain, ASK_AGAIN_MS);
    return;
  }
  asking = false;
  change('back');
  whenBack();
}

function change(next: Connection): void {
  state = next;
  for (const listener of listeners) listener();
}
