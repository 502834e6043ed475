// How long answers live, what is asked again, and what happens when the server is not there.
import { MutationCache, QueryCache, QueryClient } from '@tanstack/react-query';
import { failureOf, isUnreachable } from './api/problem';
import { reportLost } from './shell/connection';

const TRIES_WHEN_BUSY = 3;
const FRESH_MS = 5_000;
const UNAVAILABLE = 503;

export function makeQueries(): QueryClient {
  return new QueryClient({
    queryCache: new QueryCache({ onError: reportWhenLost }),
    mutationCache: new MutationCache({ onError: reportWhenLost }),
    defaultOptions: {
      queries: {
        networkMode: 'always',
        staleTime: FRESH_MS,
        retry: (count, error) => {
          // Said at the first request without an answer, not after the last try.
          reportWhenLost(error);
          return isWorthRetrying(error) && count < TRIES_WHEN_BUSY;
        },
        retryDelay: (count) => Math.min(500 * 2 ** count, 4_000),
        refetchOnReconnect: true,
      },
      mutations: { networkMode: 'always', retry: false },
    },
  });
}

function reportWhenLost(error: unknown): void {
  if (isUnreachable(error)) reportLost();
}

/** A problem in the question stays one; a busy or restarting server does not. */
function isWorthRetrying(error: unknown): boolean {
  const failure = failureOf(error);
  if (failure.kind === 'problem') return failure.status === UNAVAILABLE;
  return failure.kind === 'unreachable';
}
