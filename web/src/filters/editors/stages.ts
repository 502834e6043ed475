// The stages of a funnel: what they are called, and what may be done to their list.
import type { FunnelStage } from '../filter';

/** The server follows cases through so many. */
export const STAGES_MAX = 30;

const encoder = new TextEncoder();

/** The name that the server gives: the activities in the order of their bytes. */
export function stageName({ name, activities }: FunnelStage): string {
  return name ?? [...new Set(activities)].sort(byBytes).join(' / ');
}

function byBytes(left: string, right: string): number {
  const [a, b] = [encoder.encode(left), encoder.encode(right)];
  for (let idx = 0; idx < Math.min(a.length, b.length); idx += 1) {
    const difference = (a[idx] ?? 0) - (b[idx] ?? 0);
    if (difference !== 0) return difference;
  }
  return a.length - b.length;
}

/** Whether they can be a funnel: few enough, no activity and no name twice. */
export function areStages(stages: FunnelStage[]): boolean {
  const activities = stages.flatMap((one) => [...new Set(one.activities)]);
  const names = stages.map(stageName);
  return (
    0 < stages.length &&
    stages.length <= STAGES_MAX &&
    stages.every((one) => one.activities.length > 0) &&
    new Set(activities).size === activities.length &&
    new Set(names).size === names.length
  );
}

/** The list with one of them at another place. */
export function moved<T>(list: T[], from: number, to: number): T[] {
  const rest = list.filter((_, idx) => idx !== from);
  const one = list[from];
  return one === undefined ? list : [...rest.slice(0, to), one, ...rest.slice(to)];
}

/** The activities that no stage has yet. */
export function freeActivities(activities: string[], stages: FunnelStage[]): string[] {
  const taken = new Set(stages.flatMap((one) => one.activities));
  return activities.filter((one) => !taken.has(one));
}
