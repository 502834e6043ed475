// Where the focus goes when something that took it closes: to what opened it, never to nowhere.
import { useEffect, useLayoutEffect, useRef } from 'react';

/** For what is there only as long as it is open. */
export function useFocusBack(): void {
  const opener = useRef<Element | null>(null);
  useLayoutEffect(() => {
    opener.current = openerOf(document.activeElement);
  }, []);
  useEffect(() => {
    // A menu that closed for it has given the focus back only now.
    if (!opener.current?.isConnected) opener.current = openerOf(document.activeElement);
    return () => {
      // After what it covered can be reached again.
      setTimeout(() => {
        if (isNowhere()) giveFocus(opener.current);
      });
    };
  }, []);
}

/** Whether keys would go to no part of the page. */
export function isNowhere(): boolean {
  return document.activeElement === null || document.activeElement === document.body;
}

/** The item of a menu is gone when what it opened closes: its button is meant. */
function openerOf(active: Element | null): Element | null {
  const button = active?.closest('[role="menu"]')?.getAttribute('aria-labelledby');
  const opener = button ? document.getElementById(button) : active;
  return opener === document.body ? null : opener;
}

function giveFocus(element: Element | null): void {
  if (element instanceof HTMLElement || element instanceof SVGElement) {
    element.focus({ preventScroll: true });
  }
}
