// What only adds to a picture is asked when the picture has been answered, and has time to be drawn.
import type { QueryClient } from '@tanstack/react-query';

/** Whoever waits longer for an answer is told what is known meanwhile. */
const LATEST_MS = 400;
/** From an answer to its picture. */
const DRAWING_MS = 60;

/** Until no question but those of this name is on its way. */
export async function afterwards(queries: QueryClient, name: string): Promise<void> {
  const others = {
    predicate: ({ queryKey }: { queryKey: readonly unknown[] }) => queryKey[0] !== name,
  };
  await new Promise<void>((resolve) => {
    const look = () => {
      if (queries.isFetching(others) > 0) return;
      clearTimeout(late);
      stop();
      resolve();
    };
    const late = setTimeout(() => {
      stop();
      resolve();
    }, LATEST_MS);
    const stop = queries.getQueryCache().subscribe(look);
    look();
  });
  await new Promise((resolve) => setTimeout(resolve, DRAWING_MS));
}
