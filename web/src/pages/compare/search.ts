// What the address of the page "Compare" says: the filters of both sides, and how they are shown.
import { type Chip, chipsOf, type FilterSearch, ignoredCount, searchOf } from '../../filters/chips';
import { keepsOf } from '../../filters/filter';
import { noteIgnored } from '../../filters/ignored';
import { type LogSearch, name, oneOf, type Raw } from '../explore/search';

const SHOWN = ['difference', 'table'] as const;

export interface CompareSearch extends LogSearch {
  /** The filters of side A; every case when absent. */
  a?: unknown[];
  aPaused?: unknown[];
  /** The filters of side B; the cases that are not in A when absent. */
  b?: unknown[];
  bPaused?: unknown[];
  /** The version of side B; that of side A when absent. */
  against?: number;
  /** Both maps side by side when absent. */
  show?: (typeof SHOWN)[number];
  /** The shares of cases are compared when absent. */
  metric?: 'time';
  /** The side that is seen where there is room for one. */
  side?: 'b';
  /** The sliders, 0 to 100; what is shown at first when absent. */
  activities?: number;
  paths?: number;
  /** The selected activity, or the ends of the selected path. */
  activity?: string;
  from?: string;
  to?: string;
}

export function validateCompareSearch(search: Raw): CompareSearch {
  const [from, to] = [name(search.from), name(search.to)];
  const isPath = from !== undefined && to !== undefined;
  return {
    ...sideOf(search.a, search.aPaused, (a, aPaused) => ({ a, aPaused })),
    ...sideOf(search.b, search.bPaused, (b, bPaused) => ({ b, bPaused })),
    against: versionOf(search.against),
    show: oneOf(search.show, SHOWN),
    metric: oneOf(search.metric, ['time']),
    side: oneOf(search.side, ['b']),
    activities: percent(search.activities),
    paths: percent(search.paths),
    activity: name(search.activity),
    from: isPath ? from : undefined,
    to: isPath ? to : undefined,
  };
}

function sideOf<T>(
  filters: unknown,
  paused: unknown,
  named: (filters: unknown[] | undefined, paused: unknown[] | undefined) => T,
): T {
  const given = { filters, paused };
  const chips = chipsOf(given).filter(isOfCases);
  const valid = searchOf(chips);
  const left = chipsOf(given).length - chips.length;
  if (chips.length > 0) noteIgnored({ filters: ignoredCount(given) + left, words: [] });
  return named(valid.filters, valid.paused);
}

/** A side is made of whole cases. */
function isOfCases({ filter }: Chip): boolean {
  return keepsOf(filter) === 'cases';
}

function versionOf(value: unknown): number | undefined {
  return Number.isSafeInteger(value) && Number(value) > 0 ? Number(value) : undefined;
}

function percent(value: unknown): number | undefined {
  const isPercent = typeof value === 'number' && Number.isInteger(value);
  return isPercent && 0 <= value && value <= 100 ? value : undefined;
}

/** The chips of a side. */
export function sideChips(search: CompareSearch, side: 'a' | 'b'): Chip[] {
  const [filters, paused] = side === 'a' ? [search.a, search.aPaused] : [search.b, search.bPaused];
  return chipsOf({ filters, paused });
}

/** What the address says of a side with these chips. */
export function searchOfSide(side: 'a' | 'b', chips: Chip[]): Partial<CompareSearch> {
  const { filters, paused }: FilterSearch = searchOf(chips);
  return side === 'a' ? { a: filters, aPaused: paused } : { b: filters, bPaused: paused };
}
