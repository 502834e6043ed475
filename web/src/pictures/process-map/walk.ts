// Where the arrow keys lead on a map: along the strongest paths, and from branch to branch.
import { type Arrow, END, START } from './graph';

export type Step = 'next' | 'previous' | 'left' | 'right';

/** The activity a key leads to; `null` when there is none. */
export function walk(from: string, step: Step, arrows: Arrow[], cameFrom: string | null) {
  switch (step) {
    case 'next':
      return following(from, arrows)[0] ?? null;
    case 'previous':
      return preceding(from, arrows)[0] ?? null;
    case 'left':
    case 'right':
      return sibling(from, step === 'right' ? 1 : -1, arrows, cameFrom);
  }
}

/** What follows an activity, most frequent first. */
export function following(activity: string, arrows: Arrow[]): string[] {
  return strongest(arrows.filter((arrow) => arrow.from === activity)).map((arrow) => arrow.to);
}

/** What comes before an activity, most frequent first. */
function preceding(activity: string, arrows: Arrow[]): string[] {
  return strongest(arrows.filter((arrow) => arrow.to === activity)).map((arrow) => arrow.from);
}

/** The other branches: what else follows the activity one came from, else the strongest before. */
function sibling(from: string, by: 1 | -1, arrows: Arrow[], cameFrom: string | null) {
  const before = preceding(from, arrows);
  const parent = cameFrom !== null && before.includes(cameFrom) ? cameFrom : before[0];
  if (parent === undefined) return null;
  const branches = following(parent, arrows);
  const here = branches.indexOf(from);
  if (here < 0 || branches.length < 2) return null;
  return branches[(here + by + branches.length) % branches.length] ?? null;
}

function strongest(arrows: Arrow[]): Arrow[] {
  return arrows
    .filter((arrow) => arrow.from !== START && arrow.to !== END && arrow.from !== arrow.to)
    .sort((left, right) => right.cases - left.cases || (left.id < right.id ? -1 : 1));
}

/** The order in which `Tab` visits the activities: from top to bottom, as they are drawn. */
export function inReadingOrder(
  activities: string[],
  at: (activity: string) => { x: number; y: number } | undefined,
  isDown: boolean,
): string[] {
  const key = (activity: string): [number, number] => {
    const { x = 0, y = 0 } = at(activity) ?? {};
    return isDown ? [y, x] : [x, y];
  };
  return [...activities].sort((left, right) => {
    const [[first, second], [otherFirst, otherSecond]] = [key(left), key(right)];
    return first - otherFirst || second - otherSecond;
  });
}
