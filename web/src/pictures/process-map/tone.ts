// What stands out and what steps back while something is pointed at, focused or selected.
import { type Arrow, isTerminal, type MapItem, pathId } from './graph';

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

/** Only what lies in one part of the scale stays. */
export function tonesOfRange(
  [least, most]: readonly [number, number],
  activityPlace: (activity: string) => number | null,
  arrowPlace: (arrow: Arrow) => number | null,
): Tones {
  const tone = (place: number | null): Tone =>
    place !== null && least <= place && place <= most ? 'strong' : 'faint';
  return {
    ofActivity: (activity) => tone(activityPlace(activity)),
    ofArrow: (arrow) => tone(arrowPlace(arrow)),
  };
}
