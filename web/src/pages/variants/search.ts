// What the address of the variants says: `validateVariantsSearch` makes sense of what stands there.
import { type LogSearch, name } from '../explore/search';

const VARIANT_SORTS = ['cases', 'steps', 'median'] as const;
export type VariantSort = (typeof VARIANT_SORTS)[number];

export interface VariantsSearch extends LogSearch {
  /** Only variants with an activity whose name holds this. */
  q?: string;
  /** What decides the order; cases when absent. */
  sort?: VariantSort;
  /** The smallest first. */
  asc?: true;
  /** Variants of the same activities in another order are folded into one. */
  fold?: true;
  /** The attribute among whose values the cases of each variant divide. */
  by?: string;
  /** The selected variants: from one rank to another, or by their ids. */
  ranks?: [number, number];
  ids?: string[];
}

/** More would make an address that not every server and mail program carries. */
export const CHOSEN_MAX = 300;

/** Every word the page knows, unsaid: the router would otherwise let nonsense through. */
const UNSAID: { [Word in keyof Required<Omit<VariantsSearch, keyof LogSearch>>]: undefined } = {
  q: undefined,
  sort: undefined,
  asc: undefined,
  fold: undefined,
  by: undefined,
  ranks: undefined,
  ids: undefined,
};

export function validateVariantsSearch(search: Record<string, unknown>): VariantsSearch {
  const valid: VariantsSearch = { ...UNSAID };
  const { q, sort, ranks, ids } = search;
  // The router reads what looks like a number as one.
  if ((typeof q === 'string' && q !== '') || typeof q === 'number') valid.q = String(q);
  const known = VARIANT_SORTS.find((one) => one === sort);
  if (known && known !== 'cases') valid.sort = known;
  if (search.asc === true) valid.asc = true;
  if (search.fold === true) valid.fold = true;
  const by = name(search.by);
  if (by !== undefined) valid.by = by;
  if (isRange(ranks)) valid.ranks = ranks;
  else if (areIds(ids)) valid.ids = ids;
  return valid;
}

function isRange(value: unknown): value is [number, number] {
  if (!Array.isArray(value) || value.length !== 2) return false;
  const [from, to] = value;
  return Number.isSafeInteger(from) && Number.isSafeInteger(to) && 1 <= from && from <= to;
}

function areIds(value: unknown): value is string[] {
  return (
    Array.isArray(value) &&
    0 < value.length &&
    value.length <= CHOSEN_MAX &&
    value.every((id) => typeof id === 'string' && /^[0-9a-f]{16}$/i.test(id))
  );
}
