// A selection against the rest: its filters of cases become side A, what comes before them stays.
import { activeOf, type Chip, searchOf } from '../../filters/chips';
import { keepsOf } from '../../filters/filter';
import type { CompareSearch } from './search';

/**
 * Filters of events and groups of activities change what the filters of cases after them see, so
 * that they and all before them are kept for both sides. Nothing where no filter of cases is left.
 */
export function restAddress(chips: Chip[]): Partial<CompareSearch> | null {
  const isOfCases = ({ filter }: Chip) => keepsOf(filter) === 'cases';
  const first = chips.findLastIndex((chip) => !isOfCases(chip)) + 1;
  const a = activeOf(chips.slice(first));
  if (a.length === 0) return null;
  return {
    ...searchOf(chips.slice(0, first)),
    a,
    aPaused: undefined,
    b: undefined,
    bPaused: undefined,
  };
}
