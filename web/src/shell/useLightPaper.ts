// Paper is light, whatever the screen is.
import { useComputedColorScheme } from '@mantine/core';
import { useEffect } from 'react';

const SCHEME_ATTRIBUTE = 'data-mantine-color-scheme';
/** What reads the colours of the page for paper does it after this. */
const FIRST = { capture: true };

export function useLightPaper(): void {
  const scheme = useComputedColorScheme('light', { getInitialValueInEffect: false });
  useEffect(() => {
    const page = document.documentElement;
    const before = () => page.setAttribute(SCHEME_ATTRIBUTE, 'light');
    const after = () => page.setAttribute(SCHEME_ATTRIBUTE, scheme);
    window.addEventListener('beforeprint', before, FIRST);
    window.addEventListener('afterprint', after, FIRST);
    return () => {
      window.removeEventListener('beforeprint', before, FIRST);
      window.removeEventListener('afterprint', after, FIRST);
    };
  }, [scheme]);
}
