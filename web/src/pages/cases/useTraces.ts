// The paths of the cases in sight: the table knows the ids of their variants only.
import { useQueries } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { Scope } from '../../api/analysis';
import type { CaseRow } from '../../api/cases';
import { tracesQuery } from '../../api/variants';

/** The steps of a variant; missing while they are on their way. */
export type StepsOf = (variant: string) => string[] | undefined;

export function useTraces(scope: Scope, pages: CaseRow[][], isWanted: boolean): StepsOf {
  const orders = isWanted
    ? pages.map((rows) => tracesQuery(scope, [...new Set(rows.map((row) => row.variant))].sort()))
    : [];
  const answers = useQueries({ queries: orders });
  const all = answers.flatMap(({ data }) => (data ? [data.steps] : []));
  return useMemo(
    () => (variant) => {
      for (const steps of all) {
        const found = steps.get(variant);
        if (found) return found;
      }
      return undefined;
    },
    [all],
  );
}
