// What is shown in place of a page that fell over; the frame around it keeps working.
import { useRouter } from '@tanstack/react-router';
import { failureOf } from '../api/problem';
import { FailureView } from './FailureView';

export function PageFault({ error, reset }: { error: unknown; reset: () => void }) {
  const router = useRouter();
  return (
    <FailureView
      failure={failureOf(error)}
      onRetry={() => {
        reset();
        void router.invalidate();
      }}
    />
  );
}
