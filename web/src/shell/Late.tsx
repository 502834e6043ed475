// Shows its children only after a moment, so that quick answers do not flicker.
import { type ReactNode, useEffect, useState } from 'react';
import { useText } from '../text/useText';

const PATIENCE_MS = 150;

export function Late({ children }: { children: ReactNode }) {
  const text = useText();
  const [isLate, setIsLate] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setIsLate(true), PATIENCE_MS);
    return () => clearTimeout(timer);
  }, []);
  if (!isLate) return null;
  return (
    <div role="status" aria-busy="true">
      <span className="only-read-aloud">{text('state.loading')}</span>
      {children}
    </div>
  );
}
