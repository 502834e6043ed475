// What stands out and what steps back while something is pointed at, focused or selected.
import { type Arrow, END, isTerminal, type MapItem, pathId, START } from './graph';

export type Tone = 'plain' | 'strong' | 'faint';

export interface Tones {
  ofActivity: (activity: string) => Tone;
  ofArrow: (arrow: Arrow) => Tone;
}

/** The item, its paths and its neighbours stay; the rest steps back. */
export function tonesOf(item: MapItem | null, arrows: Arrow[]): Tones {
  if (item === null) return { ofActivity: () => 'plain', ofArrow: () => 'plain' };
  const isRelated = relation(item);
  const near = new Set(item.kind === 'activity' ? [item.activity] : [item.from, item.to]);
  for (const arrow of arrows) {
    if (!isRelated(arrow)) continue;
    near.add(arrow.from);
    near.add(arrow.to);
  }
  return {
    ofActivity: (activity) => (near.has(activity) ? 'strong' : 'faint'),
    ofArrow: (arrow) => (isRelated(arrow) ? 'strong' : 'faint'),
  };
}

function relation(item: MapItem): (arrow: Arrow) => boolean {
  if (item.kind === 'activity') {
    return (arrow) => arrow.from === item.activity || arrow.to === item.activity;
  }
  const id = pathId(item.from, item.to);
  return (arrow) => !isTerminal(arrow) && arrow.id === id;
}

/** A part of a scale, from 0 to 1, and whose scale it is. */
export interface ScalePart {
  of: 'activities' | 'paths' | 'both';
  least: number;
  most: number;
}

/**
 * Only what lies in one part of a scale stays. Of a scale of activities alone, the paths between
 * those that stay do too; of one of paths alone, their ends.
 */
export function tonesOfPart(
  { of, least, most }: ScalePart,
  activityPlace: (activity: string) => number | null,
  arrowPlace: (arrow: Arrow) => number | null,
  arrows: Arrow[],
): Tones {
  const isIn = (place: number | null) => place !== null && least <= place && place <= most;
  const tone = (stays: boolean): Tone => (stays ? 'strong' : 'faint');
  if (of === 'paths') {
    const ends = new Set(
      arrows.filter((one) => isIn(arrowPlace(one))).flatMap((one) => [one.from, one.to]),
    );
    return {
      ofActivity: (activity) => tone(ends.has(activity)),
      ofArrow: (arrow) => tone(isIn(arrowPlace(arrow))),
    };
  }
  const staysAt = (end: string) => end === START || end === END || isIn(activityPlace(end));
  return {
    ofActivity: (activity) => tone(isIn(activityPlace(activity))),
    ofArrow: (arrow) =>
      tone(of === 'both' ? isIn(arrowPlace(arrow)) : staysAt(arrow.from) && staysAt(arrow.to)),
  };
}
