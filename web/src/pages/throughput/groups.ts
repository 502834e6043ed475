// In which order groups are compared, and which are too small for it.
import type { DurationGroup } from '../../api/throughput';
import { FEW_CASES } from '../../pictures/chart/OverTime';

export function isFew(group: DurationGroup): boolean {
  return group.completed < FEW_CASES;
}

/** The slowest first; groups of few cases after all others, as they came. */
export function ranked(groups: DurationGroup[]): DurationGroup[] {
  const slow = (group: DurationGroup) => group.duration_s?.median ?? 0;
  const many = groups.filter((group) => !isFew(group));
  return [...many.sort((left, right) => slow(right) - slow(left)), ...groups.filter(isFew)];
}
