// Is the server there? One small store: lost as soon as one request gets no answer or the stream of
// events breaks, then asked every two seconds until it answers again.
import type { QueryClient } from '@tanstack/react-query';
import { useSyncExternalStore } from 'react';

const ASK_AGAIN_MS = 2_000;
/** No answer to so small a question in that time is none. */
const ANSWER_MS = 5_000;
const RELOADED_KEY = 'paydirt.reloadedAt';
/** A part that is missing for good must not reload the page for ever. */
const RELOAD_PAUSE_MS = 30_000;

type Connection = 'there' | 'lost' | 'back';

const listeners = new Set<() => void>();
let state: Connection = 'there';
let asking = false;
let whenBack: () => void = () => undefined;
let reloadsWanted = 0;

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

/** Not for ever: what is still missing just after that is missing for good. */
export function mayReload(): boolean {
  return Date.now() - Number(sessionStorage.getItem(RELOADED_KEY) ?? 0) >= RELOAD_PAUSE_MS;
}

/** Loads the whole page again as soon as the server is there; gives what takes that back. */
export function reloadWhenThere(): () => void {
  if (!mayReload()) return () => undefined;
  reloadsWanted += 1;
  void checkConnection().then((isThere) => {
    if (isThere && reloadsWanted > 0) reload();
  });
  return () => {
    reloadsWanted -= 1;
  };
}

function reload(): void {
  sessionStorage.setItem(RELOADED_KEY, String(Date.now()));
  location.reload();
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

/** Asks the server whether it is there, and says so on the page when it is not. */
export async function checkConnection(): Promise<boolean> {
  if (!asking && !(await isThere())) reportLost();
  return !asking;
}

/** Resolves at once while the server is there, else when it is back. */
export function whenThere(): Promise<void> {
  return new Promise((resolve) => {
    const look = () => {
      if (state === 'lost') return;
      listeners.delete(look);
      resolve();
    };
    listeners.add(look);
    look();
  });
}

function isThere(): Promise<boolean> {
  return fetch('/healthz', { cache: 'no-store', signal: AbortSignal.timeout(ANSWER_MS) }).then(
    (response) => response.ok,
    () => false,
  );
}

async function askAgain(): Promise<void> {
  if (!(await isThere())) {
    setTimeout(askAgain, ASK_AGAIN_MS);
    return;
  }
  asking = false;
  change('back');
  if (reloadsWanted > 0) reload();
  else whenBack();
}

function change(next: Connection): void {
  state = next;
  for (const listener of listeners) listener();
}
