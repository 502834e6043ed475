// The two sides as the server takes them, and how one is made from the other.
import { activeOf } from '../../filters/chips';
import type { Filter } from '../../filters/filter';
import { type CompareSearch, searchOfSide, sideChips } from './search';

export interface Sides {
  a: Filter[];
  /** The cases that are not in A when absent. */
  b?: Filter[] | undefined;
  /** The version of side B, where it is another. */
  against?: number | undefined;
}

export function sidesOf(search: CompareSearch): Sides {
  const [a, b] = [sideChips(search, 'a'), sideChips(search, 'b')];
  const { against } = search;
  // What is not in A is not known of the cases of another version.
  if (against !== undefined) return { a: activeOf(a), b: activeOf(b), against };
  return b.length > 0 ? { a: activeOf(a), b: activeOf(b) } : { a: activeOf(a) };
}

export function isChosen({ a, b }: Sides): boolean {
  return a.length > 0 || b !== undefined;
}

/** Filters that keep the cases of a side and no others. */
export function filtersOfSide(sides: Sides, side: 'a' | 'b'): Filter[] {
  return side === 'a' ? sides.a : (sides.b ?? complement(sides.a));
}

/** The filters that keep just the cases that these do not. */
export function complement(filters: Filter[]): Filter[] {
  const [first, ...more] = filters;
  if (first === undefined) return [];
  if (more.length > 0) return [{ not: { all: filters } }];
  if (!('not' in first)) return [{ not: first }];
  return 'all' in first.not ? first.not.all : [first.not];
}

/** Side A of another version; B stays what it is. */
export function withVersionOfA(now: number, against: number | undefined, next: number) {
  const other = against ?? now;
  return { version: next, against: other === next ? undefined : other };
}

/** A and B change places; `version` is that of A. */
export function swapped(search: CompareSearch, version: number): Partial<CompareSearch> {
  const sides = sidesOf(search);
  const chips = sideChips(search, 'b');
  const rest = complement(sides.a).map((filter) => ({ filter, isPaused: false }));
  return {
    ...searchOfSide('a', sides.b ? chips : rest),
    ...searchOfSide('b', sideChips(search, 'a')),
    ...(sides.against === undefined ? {} : { version: sides.against, against: version }),
  };
}
