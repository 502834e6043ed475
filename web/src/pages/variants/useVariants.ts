// The variants under some filters: the first are there at once, the others come meanwhile.
import { useInfiniteQuery } from '@tanstack/react-query';
import { useEffect, useMemo } from 'react';
import type { ScopeAnswer } from '../../api/analysis';
import {
  type HappyPath,
  type VariantRow,
  type VariantSize,
  type VariantsOrder,
  type VariantValues,
  variantsQuery,
} from '../../api/variants';

export interface Variants {
  scope: ScopeAnswer | undefined;
  /** How many variants and cases there are in all. */
  total: number;
  cases: number;
  /** Those that are here, the most frequent first. */
  rows: VariantRow[];
  /** The main road of the process; nothing where it is not known. */
  happyPath: HappyPath | null;
  /** The cases of every variant, here or not, the most frequent first. */
  sizes: VariantSize[];
  /** The values among which the cases of each variant divide, where asked for. */
  by: VariantValues | null;
  /** What is shown belongs to other filters; the wanted is on its way. */
  isOld: boolean;
  /** More of them are on their way. */
  isGrowing: boolean;
  error: Error | null;
  retry: () => void;
}

const NO_SIZES: VariantSize[] = [];

export function useVariants(order: VariantsOrder): Variants {
  const query = useInfiniteQuery(variantsQuery(order));
  const { data, isPlaceholderData, hasNextPage, isFetching, isError, fetchNextPage } = query;
  // An answer may come so fast that nothing but the number of pages is seen to change.
  const pageCount = isPlaceholderData ? 0 : (data?.pages.length ?? 0);
  useEffect(() => {
    if (pageCount > 0 && hasNextPage && !isFetching && !isError) void fetchNextPage();
  }, [pageCount, hasNextPage, isFetching, isError, fetchNextPage]);
  const rows = useMemo(() => data?.pages.flatMap((page) => page.rows) ?? [], [data]);
  const [first] = data?.pages ?? [];
  return {
    scope: first,
    total: first?.variants ?? 0,
    cases: first?.cases ?? 0,
    rows,
    happyPath: first?.happyPath ?? null,
    sizes: first?.sizes ?? NO_SIZES,
    by: first?.by ?? null,
    isOld: isPlaceholderData,
    isGrowing: hasNextPage,
    error: query.error,
    retry: () => void (data && !isPlaceholderData ? fetchNextPage() : query.refetch()),
  };
}
