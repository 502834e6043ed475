// A file let go on any page is never opened by the browser: it goes to the import.
import { useRouter } from '@tanstack/react-router';
import { useEffect } from 'react';
import { keepDropped } from '../files/dropped';

export function useDroppedFiles(): void {
  const router = useRouter();
  useEffect(() => {
    const over = (event: DragEvent) => {
      if (event.dataTransfer?.types.includes('Files')) event.preventDefault();
    };
    const drop = (event: DragEvent) => {
      const files = [...(event.dataTransfer?.files ?? [])];
      // Prevented before: a drop zone has taken them. The import takes files itself.
      if (files.length === 0 || event.defaultPrevented) return;
      if (router.state.location.pathname.endsWith('/data/import')) return;
      event.preventDefault();
      keepDropped(files);
      void router.navigate({ to: '/data/import', search: {} });
    };
    window.addEventListener('dragover', over);
    window.addEventListener('drop', drop);
    return () => {
      window.removeEventListener('dragover', over);
      window.removeEventListener('drop', drop);
    };
  }, [router]);
}
