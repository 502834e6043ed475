// What is shown in place of a page that fell over; the frame around it keeps working.
import { useRouter } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { failureOf } from '../api/problem';
import { mayReload, reloadWhenThere, useConnection } from './connection';
import { FailureView } from './FailureView';
import { MissingParts } from './missingParts';

export function PageFault({ error, reset }: { error: unknown; reset: () => void }) {
  const router = useRouter();
  const isLost = useConnection() === 'lost';
  const isMissing = error instanceof MissingParts;
  const [isComing] = useState(() => isMissing && mayReload());
  useEffect(() => (isComing ? reloadWhenThere() : undefined), [isComing]);
  if (isComing && !isLost) return null;
  return (
    <FailureView
      failure={isLost ? { kind: 'unreachable' } : failureOf(error)}
      onRetry={() => {
        if (isMissing) {
          location.reload();
          return;
        }
        reset();
        void router.invalidate();
      }}
    />
  );
}
