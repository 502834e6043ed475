// The title of the browser's tab.
import { useEffect } from 'react';
import { useText } from '../text/useText';

export function useTitle(page: string): void {
  const text = useText();
  useEffect(() => {
    document.title = text('page.title', { page });
  }, [text, page]);
}
