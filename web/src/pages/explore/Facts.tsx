// A list of terms with what is said of each.
import type { ReactNode } from 'react';

interface FactsProps {
  lines: readonly (readonly [string, ReactNode])[];
  className: string | undefined;
}

export function Facts({ lines, className }: FactsProps) {
  return (
    <dl className={className}>
      {lines.map(([term, said]) => (
        <div key={term}>
          <dt>{term}</dt>
          <dd>{said}</dd>
        </div>
      ))}
    </dl>
  );
}
