// The steps of a path with repetitions taken together, and how many of them fit into a row.

/** Steps in a row that repeat count as one, with how often. */
export interface Run {
  activity: string;
  times: number;
}

export function runsOf(steps: string[]): Run[] {
  const runs: Run[] = [];
  for (const activity of steps) {
    const last = runs.at(-1);
    if (last?.activity === activity) last.times += 1;
    else runs.push({ activity, times: 1 });
  }
  return runs;
}

/** Every arrow is as wide as any other, so that the rows of a list can be compared. */
const STEP_WIDTH = 92;
/** Room for "+12". */
const MORE_WIDTH = 30;

/** The first of the steps that fit, and how many remain. */
export function fitting(
  runs: Run[],
  width: number,
  stepWidth: number = STEP_WIDTH,
): { shown: Run[]; hidden: number } {
  if (runs.length * stepWidth <= width) return { shown: runs, hidden: 0 };
  const count = Math.max(1, Math.floor((width - MORE_WIDTH) / stepWidth));
  return { shown: runs.slice(0, count), hidden: runs.length - count };
}
