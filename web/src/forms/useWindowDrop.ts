// A file let go anywhere on the page: taken where one is awaited, never opened by the browser.
import { useEffect } from 'react';

export function useWindowDrop(onFile: ((file: File) => void) | undefined) {
  useEffect(() => {
    const over = (event: DragEvent) => {
      if (event.dataTransfer?.types.includes('Files')) event.preventDefault();
    };
    const drop = (event: DragEvent) => {
      const file = event.dataTransfer?.files.item(0);
      // Prevented before: the drop zone has taken the file.
      if (!file || event.defaultPrevented) return;
      event.preventDefault();
      onFile?.(file);
    };
    window.addEventListener('dragover', over);
    window.addEventListener('drop', drop);
    return () => {
      window.removeEventListener('dragover', over);
      window.removeEventListener('drop', drop);
    };
  }, [onFile]);
}
