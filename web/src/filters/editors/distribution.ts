// The bars of a distribution of cases, as the server answers it.
import type { Answers } from '../../api/filters';
import type { Bin } from '../../pictures/chart/bounds';

export function binsOf({ bins }: Answers['distribution']): Bin[] {
  return bins.map(({ from, to, cases }) => {
    return { from: Number(from), to: Number(to), count: cases };
  });
}
