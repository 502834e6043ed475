// The last steps of the filters of each log, for "Undo"; a reload forgets them.
import { useSyncExternalStore } from 'react';
import type { Chip } from './chips';

const STEPS_MAX = 10;

const steps = new Map<string, Chip[][]>();
const listeners = new Set<() => void>();

export function recordStep(log: string, before: Chip[]): void {
  change(log, [...(steps.get(log) ?? []), before].slice(-STEPS_MAX));
}

/** The chips before the last step. */
export function undoStep(log: string): Chip[] | undefined {
  const known = steps.get(log) ?? [];
  change(log, known.slice(0, -1));
  return known.at(-1);
}

export function useStepCount(log: string): number {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => steps.get(log)?.length ?? 0,
  );
}

function change(log: string, next: Chip[][]): void {
  steps.set(log, next);
  for (const listener of listeners) listener();
}
