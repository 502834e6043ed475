// How many cases lie in a range of durations.
import type { DurationBin } from '../../api/throughput';
import type { Range } from '../../pictures/chart/range';

/** The ranges that can be drawn begin and end where bins do. */
export function casesIn(bins: DurationBin[], range: Range): number {
  return bins
    .filter((bin) => range.from <= bin.from_s && bin.to_s <= range.to)
    .reduce((sum, bin) => sum + bin.cases, 0);
}
