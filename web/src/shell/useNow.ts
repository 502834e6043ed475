// The time of day, for "5 minutes ago"; ticks every second only while asked to.
import { useEffect, useState } from 'react';

const TICK_MS = 1_000;

export function useNow(isTicking: boolean): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    setNow(Date.now());
    if (!isTicking) return;
    const timer = setInterval(() => setNow(Date.now()), TICK_MS);
    return () => clearInterval(timer);
  }, [isTicking]);
  return now;
}
