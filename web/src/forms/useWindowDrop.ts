// Files let go anywhere on the page: taken where they are awaited, never opened by the browser.
import { useEffect } from 'react';

export function useWindowDrop(onFiles: ((files: File[]) => void) | undefined) {
  useEffect(() => {
    const over = (event: DragEvent) => {
      if (event.dataTransfer?.types.includes('Files')) event.preventDefault();
    };
    const drop = (event: DragEvent) => {
      const files = [...(event.dataTransfer?.files ?? [])];
      // Prevented before: the drop zone has taken the files.
      if (files.length === 0 || event.defaultPrevented) return;
      event.preventDefault();
      onFiles?.(files);
    };
    window.addEventListener('dragover', over);
    window.addEventListener('drop', drop);
    return () => {
      window.removeEventListener('dragover', over);
      window.removeEventListener('drop', drop);
    };
  }, [onFiles]);
}
