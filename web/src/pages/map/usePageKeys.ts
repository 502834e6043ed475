// Keys that work wherever the focus is on the page, but not while somebody types.
import { useEffect, useRef } from 'react';

interface PageKeys {
  zoomIn: () => void;
  zoomOut: () => void;
  fit: () => void;
  read: () => void;
  table: () => void;
  replay: () => void;
  find: () => void;
  help: () => void;
  morePaths: () => void;
  fewerPaths: () => void;
  clear: () => void;
}

export function usePageKeys(keys: Partial<PageKeys>): void {
  const latest = useRef(keys);
  latest.current = keys;
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      if (event.defaultPrevented || isElsewhere(event.target)) return;
      const act = actionOf(event, latest.current);
      if (!act) return;
      event.preventDefault();
      act();
    };
    window.addEventListener('keydown', listen);
    return () => window.removeEventListener('keydown', listen);
  }, []);
}

function actionOf(event: KeyboardEvent, keys: Partial<PageKeys>): (() => void) | undefined {
  if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'k') return keys.find;
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return undefined;
  const actions: Record<string, (() => void) | undefined> = {
    '/': keys.find,
    '?': keys.help,
    t: keys.table,
    T: keys.table,
    '[': keys.fewerPaths,
    ']': keys.morePaths,
    '+': keys.zoomIn,
    '-': keys.zoomOut,
    '0': keys.fit,
    '1': keys.read,
    Escape: keys.clear,
    ...(isPressable(event.target) ? {} : { ' ': keys.replay }),
  };
  return actions[event.key];
}

/** What the space bar presses. */
function isPressable(target: EventTarget | null): boolean {
  return (
    target instanceof Element && target.closest('button, a, summary, [role="button"]') !== null
  );
}

/** Fields and dialogs keep their keys. */
function isElsewhere(target: EventTarget | null): boolean {
  return (
    target instanceof Element &&
    target.closest('input, textarea, select, [contenteditable], [role="dialog"], [role="menu"]') !==
      null
  );
}
