// What is shown in place of a page that fell over; the frame around it keeps working.
import { useRouter } from '@tanstack/react-router';
import { failureOf } from '../api/problem';
import { useConnection } from './connection';
import { FailureView } from './FailureView';

export function PageFault({ error, reset }: { error: unknown; reset: () => void }) {
  const router = useRouter();
  const isLost = useConnection() === 'lost';
  return (
    <FailureView
      failure={isLost ? { kind: 'unreachable' } : failureOf(error)}
      onRetry={() => {
        reset();
        void router.invalidate();
      }}
    />
  );
}
