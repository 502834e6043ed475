// The filters of a page as chips: their place in the address, pausing, joining with "or", undoing.
import { type Filter, keepsOf, readFilter } from './filter';

export interface Chip {
  filter: Filter;
  /** Kept, but without effect. */
  isPaused: boolean;
}

/** What the address says: filters as the server takes them, and beside them the paused ones. */
export interface FilterSearch {
  filters?: unknown[];
  /** Each with its place among all. */
  paused?: { at: number; filter: Filter }[];
}

const NONE: FilterSearch = { filters: undefined, paused: undefined };

export function validateFilterSearch(search: Record<string, unknown>): FilterSearch {
  return searchOf(chipsOf(search));
}

/** The chips that an address makes sense of. */
export function chipsOf({ filters, paused }: Record<string, unknown>): Chip[] {
  const chips: Chip[] = listOf(filters).flatMap((value) => {
    const filter = readFilter(value);
    return filter ? [{ filter, isPaused: false }] : [];
  });
  for (const { at, filter } of listOf(paused).flatMap(readPaused)) {
    chips.splice(Math.min(at, chips.length), 0, { filter, isPaused: true });
  }
  return chips;
}

/** How many filters of an address make no sense. */
export function ignoredCount(search: Record<string, unknown>): number {
  const { filters, paused } = search;
  const given = [filters, paused].map((value) =>
    value === undefined ? 0 : Array.isArray(value) ? value.length : 1,
  );
  return given.reduce((sum, count) => sum + count, 0) - chipsOf(search).length;
}

export function searchOf(chips: Chip[]): FilterSearch {
  const filters = activeOf(chips);
  const paused = chips.flatMap(({ filter, isPaused }, at) => (isPaused ? [{ at, filter }] : []));
  return {
    ...NONE,
    ...(filters.length > 0 ? { filters } : {}),
    ...(paused.length > 0 ? { paused } : {}),
  };
}

export function activeOf(chips: Chip[]): Filter[] {
  return chips.filter(({ isPaused }) => !isPaused).map(({ filter }) => filter);
}

/**
 * The filters at work that a filter at a place has around it: all before it, and behind it those
 * that speak of the same names, which are the ones before the next groups.
 */
export function around(chips: Chip[], at: number): Filter[] {
  const before = activeOf(chips.slice(0, at));
  const chip = chips[at];
  // What comes behind groups speaks of their names.
  if (chip && keepsOf(chip.filter) === 'everything') return before;
  const behind = activeOf(chips.slice(at + 1));
  const next = behind.findIndex((filter) => keepsOf(filter) === 'everything');
  return [...before, ...(next < 0 ? behind : behind.slice(0, next))];
}

export function without(chips: Chip[], idx: number): Chip[] {
  return chips.filter((_, other) => other !== idx);
}

export function replaced(chips: Chip[], idx: number, chip: Chip): Chip[] {
  return chips.map((known, other) => (other === idx ? chip : known));
}

/** Only filters of whole cases can be joined with "or", and only such that are at work. */
export function canJoin(chips: Chip[], one: number, other: number): boolean {
  return (
    one !== other &&
    [chips[one], chips[other]].every(
      (chip) => chip && !chip.isPaused && keepsOf(chip.filter) === 'cases',
    )
  );
}

/** One chip of both, in the place of `into`: a case stays when one of them keeps it. */
export function joined(chips: Chip[], from: number, into: number): Chip[] {
  const [moved, kept] = [chips[from], chips[into]];
  if (!moved || !kept || !canJoin(chips, from, into)) return chips;
  const any = [...partsOf(kept.filter), ...partsOf(moved.filter)];
  return without(replaced(chips, into, { filter: { any }, isPaused: false }), from);
}

/** Its parts as chips of their own again. */
export function split(chips: Chip[], idx: number): Chip[] {
  return chips.flatMap((chip, other) =>
    other === idx ? partsOf(chip.filter).map((filter) => ({ ...chip, filter })) : [chip],
  );
}

/** The chip from one place at another place; the others keep their order. */
export function moved(chips: Chip[], from: number, to: number): Chip[] {
  const chip = chips[from];
  if (!chip || from === to || to < 0 || to >= chips.length) return chips;
  return without(chips, from).toSpliced(to, 0, chip);
}

/** The group with another one in the place of a part, or with one more behind its last. */
export function withPart(chips: Chip[], idx: number, part: number, filter: Filter): Chip[] {
  const chip = chips[idx];
  if (!chip) return chips;
  const parts = partsOf(chip.filter).toSpliced(part, 1, filter);
  return replaced(chips, idx, { ...chip, filter: anyOf(parts) });
}

/** The group without one of its parts. */
export function withoutPart(chips: Chip[], idx: number, part: number): Chip[] {
  const chip = chips[idx];
  if (!chip) return chips;
  const parts = partsOf(chip.filter).toSpliced(part, 1);
  return parts.length === 0
    ? without(chips, idx)
    : replaced(chips, idx, { ...chip, filter: anyOf(parts) });
}

/** One part of a group as a chip of its own behind it. */
export function takenOut(chips: Chip[], idx: number, part: number): Chip[] {
  const chip = chips[idx];
  const filter = chip && partsOf(chip.filter)[part];
  if (!chip || !filter) return chips;
  return withoutPart(chips, idx, part).toSpliced(idx + 1, 0, { ...chip, filter });
}

function anyOf(parts: Filter[]): Filter {
  const [only, ...more] = parts;
  return only && more.length === 0 ? only : { any: parts };
}

export function partsOf(filter: Filter): Filter[] {
  return 'any' in filter ? filter.any : [filter];
}

function listOf(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}

function readPaused(value: unknown): { at: number; filter: Filter }[] {
  if (typeof value !== 'object' || value === null) return [];
  const { at, filter } = value as Record<string, unknown>;
  const read = readFilter(filter);
  return read && typeof at === 'number' && Number.isInteger(at) && at >= 0
    ? [{ at, filter: read }]
    : [];
}
