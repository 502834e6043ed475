// A path in words, as it is read aloud and shown where a step has the focus.
import type { Run } from '../../pictures/variants/runs';
import type { Say } from '../../text/useText';

export function saidPath(runs: Run[], text: Say): string {
  return runs
    .map(({ activity, times }) =>
      times === 1 ? activity : text('variants.repeated', { activity, times }),
    )
    .join(' → ');
}
