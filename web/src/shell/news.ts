// What was changed elsewhere, in another tab or by somebody else: the logs are asked about again.
import type { QueryClient } from '@tanstack/react-query';
import { logsQuery } from '../api/logs';

const CHANNEL = 'paydirt.logs';
/** A list, a log, and what belongs to a log; what a version holds never changes. */
const DEPTH_MAX = 3;

/** Tells the other tabs of this browser of every change, and hears of theirs. */
export function shareNews(queries: QueryClient): void {
  const channel = new BroadcastChannel(CHANNEL);
  queries.getMutationCache().subscribe(({ type, mutation }) => {
    const isDone = type === 'updated' && mutation.state.status === 'success';
    if (isDone) channel.postMessage(null);
  });
  const look = () => {
    if (document.visibilityState === 'hidden') return;
    void queries.invalidateQueries({
      queryKey: logsQuery.queryKey,
      predicate: ({ queryKey }) => queryKey.length <= DEPTH_MAX,
    });
  };
  channel.addEventListener('message', look);
  // Somebody else may have changed something while nobody looked.
  window.addEventListener('focus', look);
  document.addEventListener('visibilitychange', look);
}
