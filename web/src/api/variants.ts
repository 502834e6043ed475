// The variants of a version, page by page, kept small enough for a hundred thousand of them.
import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query';
import { answerOf, ask, type Scope, type ScopeAnswer, scopeOf } from './analysis';
import type { components } from './schema';

type Schemas = components['schemas'];
type VariantsAnswer = Schemas['answer.variants'];
type ActivitiesAnswer = Schemas['answer.activities'];

export type HappyPath = Schemas['HappyPath'];
export type VariantSize = Schemas['VariantSize'];
export type VariantValues = Schemas['VariantValues'];

export interface VariantsOrder extends Scope {
  /** The attribute among whose values the cases of each variant divide. */
  by?: string | undefined;
}

/** The most that the server lists. */
export const VARIANTS_MAX = 100_000;
/** Enough for the first picture. */
const FIRST_COUNT = 500;
const NEXT_COUNT = 10_000;

/** What is kept of a variant. */
export interface VariantRow {
  /** Its place when the most frequent come first, from 1. */
  rank: number;
  id: string;
  /** Its activities in order; `null` where only a hash of them is known. */
  steps: string[] | null;
  cases: number;
  share: number;
  /** The share of this variant and all before it. */
  cumulative: number;
  median: number | null;
  /** Its cases with each of the values told apart; `null` where none are. */
  by: number[] | null;
}

export interface VariantsPage extends ScopeAnswer {
  /** How many are passed over before this page. */
  offset: number;
  /** How many variants and cases there are in all. */
  variants: number;
  cases: number;
  rows: VariantRow[];
  /** The main road of the process: told with the first page. */
  happyPath: HappyPath | null;
  /** The cases of every variant, the most frequent first: told with the first page. */
  sizes: VariantSize[];
  /** The values that are told apart. */
  by: VariantValues | null;
}

/** The first page is small; the others follow while it is already shown. */
export function variantsQuery(scope: VariantsOrder) {
  return infiniteQueryOptions({
    queryKey: ['variants', scope],
    queryFn: ({ signal, pageParam }) => askVariants(scope, pageParam, signal),
    initialPageParam: 0,
    getNextPageParam: ({ offset, rows, variants }: VariantsPage) => {
      const next = offset + rows.length;
      const isEnd = rows.length === 0 || next >= Math.min(variants, VARIANTS_MAX);
      return isEnd ? undefined : next;
    },
    placeholderData: keepPreviousData,
    staleTime: Number.POSITIVE_INFINITY,
  });
}

async function askVariants(
  { by, ...scope }: VariantsOrder,
  offset: number,
  signal: AbortSignal,
): Promise<VariantsPage> {
  const wanted = offset === 0 ? FIRST_COUNT : NEXT_COUNT;
  const limit = Math.min(wanted, VARIANTS_MAX - offset);
  const first = offset === 0 ? { happy_path: true, sizes: true } : {};
  const params = { offset, limit, ...first, ...(by === undefined ? {} : { by }) };
  const tile = { id: 'variants', question: 'variants', params };
  const answer = await ask(scope, [tile], signal);
  const found = answerOf<VariantsAnswer>(answer, 'variants');
  const { total, cases, variants } = found;
  const one = shared();
  const rows = variants.map((variant, idx) => rowOf(variant, offset + idx + 1, one));
  return {
    ...scopeOf(answer),
    offset,
    variants: total,
    cases,
    rows,
    happyPath: found.happy_path ?? null,
    sizes: found.sizes ?? [],
    by: found.by ?? null,
  };
}

function rowOf(variant: Schemas['Variant'], rank: number, one: (name: string) => string) {
  return {
    rank,
    id: variant.variant,
    steps: variant.activities?.map(one) ?? null,
    cases: variant.cases,
    share: variant.share ?? 0,
    cumulative: variant.cumulative_share ?? 0,
    median: variant.duration_s?.median ?? null,
    by: variant.by ?? null,
  };
}

/** The same name is the same text in memory. */
function shared(): (name: string) => string {
  const known = new Map<string, string>();
  return (name) => {
    const first = known.get(name);
    if (first !== undefined) return first;
    known.set(name, name);
    return name;
  };
}

/** Names of the activities of a version, the most frequent first: filters do not change them. */
export function activityNamesQuery(version: string) {
  return queryOptions({
    queryKey: ['activity-names', version],
    queryFn: async ({ signal }) => {
      const tile = { id: 'activities', question: 'activities' };
      const answer = await ask({ version, filters: [] }, [tile], signal);
      const { activities } = answerOf<ActivitiesAnswer>(answer, 'activities');
      // Auxiliary ones are in no variant: they leave the colours to the others.
      const isMain = (one: { auxiliary: boolean }) => !one.auxiliary;
      return [...activities.filter(isMain), ...activities.filter((one) => one.auxiliary)].map(
        (one) => one.activity,
      );
    },
    staleTime: Number.POSITIVE_INFINITY,
  });
}

/** How many cases of the whole version follow the path of a variant. */
export function sameVariantQuery(version: string, id: string | undefined) {
  return queryOptions({
    queryKey: ['same-variant', version, id],
    queryFn: async ({ signal }) => {
      const tile = {
        id: 'variants',
        question: 'variants',
        params: { limit: 1 },
        filters: [{ kind: 'variant', ids: [id] }],
      };
      const answer = await ask({ version, filters: [] }, [tile], signal);
      return answerOf<VariantsAnswer>(answer, 'variants').cases;
    },
    enabled: id !== undefined,
    staleTime: Number.POSITIVE_INFINITY,
  });
}
