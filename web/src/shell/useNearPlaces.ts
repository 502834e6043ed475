// The other places of a log are loaded when there is nothing else to do, so that the way to them is
// short, by mouse, by keyboard and by touch.
import { useRouter } from '@tanstack/react-router';
import { useEffect } from 'react';
import { PLACES } from '../pages/explore/places';
import { arePagesMissing } from './missingParts';

/** The page that is being opened goes first. */
const PATIENCE_MS = 1000;

/** Begins when `isWanted`; who asks the browser to save data is left alone. */
export function useNearPlaces(isWanted: boolean): void {
  const router = useRouter();
  useEffect(() => {
    const { connection } = navigator as Navigator & { connection?: { saveData?: boolean } };
    if (!isWanted || connection?.saveData) return;
    let [isOver, timer] = [false, 0];
    const load = async () => {
      for (const { to } of PLACES) {
        await idle();
        // Where one does not come, the next ones would not either.
        if (isOver || arePagesMissing()) return;
        await router.loadRouteChunk(router.routesByPath[to]);
      }
    };
    timer = window.setTimeout(() => void load(), PATIENCE_MS);
    return () => {
      isOver = true;
      window.clearTimeout(timer);
    };
  }, [isWanted, router]);
}

/** When the browser has nothing to do; a browser that does not tell is asked to wait a moment. */
function idle(): Promise<unknown> {
  return new Promise((resolve) => {
    if ('requestIdleCallback' in window) window.requestIdleCallback(resolve);
    else setTimeout(resolve, PATIENCE_MS / 10);
  });
}
