// The chosen variants: a range of ranks from the curve, or single ones, and the filter they make.
import type { VariantRow } from '../../api/variants';
import { CHOSEN_MAX, type VariantsSearch } from './search';

export type Chosen =
  | { kind: 'none' }
  | { kind: 'range'; from: number; to: number }
  | { kind: 'single'; ids: Set<string> };

export function chosenOf({ ranks, ids }: VariantsSearch, total: number): Chosen {
  if (ranks && ranks[0] <= total) {
    return { kind: 'range', from: ranks[0], to: Math.min(ranks[1], total) };
  }
  return ids ? { kind: 'single', ids: new Set(ids) } : { kind: 'none' };
}

export function isChosen(chosen: Chosen, { rank, id }: VariantRow): boolean {
  switch (chosen.kind) {
    case 'none':
      return false;
    case 'range':
      return chosen.from <= rank && rank <= chosen.to;
    case 'single':
      return chosen.ids.has(id);
  }
}

/**
 * The address after variants were added or taken away; a range then becomes single variants, or
 * gives way where it is too large for that. `null` when no more can be chosen.
 */
export function toggled(
  chosen: Chosen,
  rows: VariantRow[],
  some: VariantRow[],
): Pick<VariantsSearch, 'ranks' | 'ids'> | null {
  const before = rows.filter((row) => isChosen(chosen, row));
  const ids = new Set((before.length <= CHOSEN_MAX ? before : []).map(({ id }) => id));
  const isOff = some.every((row) => isChosen(chosen, row));
  for (const { id } of some) {
    if (isOff) ids.delete(id);
    else ids.add(id);
  }
  if (ids.size > CHOSEN_MAX) return null;
  return { ranks: undefined, ids: ids.size === 0 ? undefined : [...ids] };
}

/** The beginning of a range that a filter can name. */
export function firstOf(chosen: Chosen): [number, number] | undefined {
  if (chosen.kind !== 'range') return undefined;
  return [chosen.from, Math.min(chosen.to, chosen.from + CHOSEN_MAX - 1)];
}

export interface ChosenVariants {
  count: number;
  /** Cases follow one variant each: those of several are added up. */
  cases: number;
  /** Keeps their cases; missing when too many variants would have to be named. */
  filter: unknown | null;
}

/** `all`: how many variants there are, listed or not. */
export function chosenVariants(
  chosen: Chosen,
  rows: VariantRow[],
  all: number,
): ChosenVariants | null {
  if (chosen.kind === 'none') return null;
  const inside = rows.filter((row) => isChosen(chosen, row));
  if (inside.length === 0) return null;
  const cases = inside.reduce((sum, row) => sum + row.cases, 0);
  return { count: inside.length, cases, filter: filterOf(inside, rows, all) };
}

/** Names the chosen variants or all others, whichever are few enough. */
function filterOf(inside: VariantRow[], rows: VariantRow[], all: number): unknown | null {
  const named = (some: VariantRow[]) => ({ kind: 'variant', ids: some.map(({ id }) => id) });
  if (inside.length <= CHOSEN_MAX) return named(inside);
  const chosen = new Set(inside);
  const outside = rows.filter((row) => !chosen.has(row));
  if (rows.length !== all || outside.length === 0 || outside.length > CHOSEN_MAX) return null;
  return { not: named(outside) };
}
