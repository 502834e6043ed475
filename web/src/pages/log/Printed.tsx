// What only paper needs comes once the page is there.
import { lazy, Suspense } from 'react';
import type { Looked } from './looked';

const Caption = lazy(async () => ({ default: (await import('./PrintedCaption')).PrintedCaption }));

export function Printed(looked: Looked) {
  return (
    <Suspense>
      <Caption {...looked} />
    </Suspense>
  );
}
