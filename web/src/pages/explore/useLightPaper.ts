// Paper is light, whatever the screen is.
import { useEffect } from 'react';

const SCHEME_ATTRIBUTE = 'data-mantine-color-scheme';

export function useLightPaper(): void {
  useEffect(() => {
    const page = document.documentElement;
    let scheme = page.getAttribute(SCHEME_ATTRIBUTE);
    const before = () => {
      scheme = page.getAttribute(SCHEME_ATTRIBUTE);
      page.setAttribute(SCHEME_ATTRIBUTE, 'light');
    };
    const after = () => {
      if (scheme !== null) page.setAttribute(SCHEME_ATTRIBUTE, scheme);
    };
    window.addEventListener('beforeprint', before);
    window.addEventListener('afterprint', after);
    return () => {
      window.removeEventListener('beforeprint', before);
      window.removeEventListener('afterprint', after);
    };
  }, []);
}
