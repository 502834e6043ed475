// Another step or page begins at its top.
import { useEffect } from 'react';
import { CONTENT_ID } from './Shell';

export function useScrollToTop(place: string): void {
  // biome-ignore lint/correctness/useExhaustiveDependencies: the place is what it waits for
  useEffect(() => {
    document.getElementById(CONTENT_ID)?.scrollTo(0, 0);
  }, [place]);
}
