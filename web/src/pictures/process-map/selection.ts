// Which activities and paths the two sliders show: the server says from where, the browser compares.
import type { MapActivity, MapPath } from '../../api/map';

/** More paths than this are not drawn: nobody can read them, and the table has them all. */
export const DRAWN_PATHS_MAX = 150;

/** A slider: a value from 0 to 100, or `auto` for what is shown at first. */
export type SliderValue = number | 'auto';

interface Choice {
  value: SliderValue;
  /** The rarest first instead of the strongest. */
  rare: boolean;
}

interface Strength {
  events: number;
  shown_from: number;
  shown: boolean;
}

/** The activities that are shown, in the order of the answer. */
export function shownActivities(all: MapActivity[], value: SliderValue): MapActivity[] {
  if (value === 'auto') return all.filter((one) => one.shown);
  return all.filter((one) => one.shown_from <= value);
}

/** From which slider value each activity is shown. */
export function activityStops(all: MapActivity[]): Map<string, number> {
  return new Map(all.map((one) => [one.activity, one.shown_from]));
}

/** The slider value that stands for `auto`: the last activity that is shown at first appears there. */
export function autoActivities(all: MapActivity[]): number {
  const stops = [...activityStops(all).values()].sort((left, right) => left - right);
  const count = all.filter((one) => one.shown).length;
  return count === all.length ? 100 : (stops[Math.max(0, count - 1)] ?? 100);
}

export interface ShownPaths {
  /** What is shown, strongest first. */
  paths: MapPath[];
  /** How many paths there are. */
  count: number;
  /** Share of all transitions that is shown, from 0 to 1; 1 when there is none. */
  coverage: number;
  /** The left end of the slider: what connects the activities is always shown. */
  least: number;
  /** The slider value that stands for `auto`. */
  auto: number;
}

/** The paths that are shown. */
export function shownPaths(all: MapPath[], choice: Choice): ShownPaths {
  const sorted = [...all].sort(byStrength((path) => `${path.from}\u0001${path.to}`));
  const total = eventsOf(sorted);
  const share = (some: MapPath[]) => (total === 0 ? 1 : eventsOf(some) / total);
  const least = floorPercent(share(sorted.filter((path) => path.shown_from === 0)));
  const auto = Math.max(least, floorPercent(share(sorted.filter((path) => path.shown))));
  const paths = sorted.filter(pathTest(sorted, choice, auto));
  return { paths, count: all.length, coverage: share(paths), least, auto };
}

function pathTest(sorted: MapPath[], choice: Choice, auto: number): (path: MapPath) => boolean {
  if (choice.value === 'auto' && !choice.rare) return (path) => path.shown;
  const value = choice.value === 'auto' ? auto : choice.value;
  if (!choice.rare) return (path) => path.shown_from <= value;
  const from = rareStops(sorted);
  return (path) => (from.get(path) ?? 0) <= value;
}

/** From which slider value each path is shown when the rarest come first. */
export function rareStops(strongestFirst: MapPath[]): Map<MapPath, number> {
  const total = eventsOf(strongestFirst);
  const stops = new Map<MapPath, number>();
  let shown = eventsOf(strongestFirst.filter((path) => path.shown_from === 0));
  for (const path of [...strongestFirst].reverse()) {
    if (path.shown_from === 0) {
      stops.set(path, 0);
      continue;
    }
    stops.set(path, Math.min(100, Math.floor((shown * 100) / total) + 1));
    shown += path.events;
  }
  return stops;
}

/**
 * The paths that take part in the layout: all that the slider can show, so that moving it moves
 * nothing. What connects the activities always belongs to them; then by strength up to the limit.
 */
export function laidOutPaths(all: MapPath[], rare: boolean): MapPath[] {
  const sorted = [...all].sort(byStrength((path) => `${path.from}\u0001${path.to}`));
  const skeleton = sorted.filter((path) => path.shown_from === 0);
  const others = sorted.filter((path) => path.shown_from !== 0);
  if (rare) others.reverse();
  return [...skeleton, ...others].slice(0, DRAWN_PATHS_MAX);
}

/** The next slider value at which the picture changes, in one direction. */
export function nextStop(stops: Iterable<number>, value: number, direction: 1 | -1): number {
  const sorted = [...new Set(stops)].sort((left, right) => left - right);
  if (direction === 1) return sorted.find((stop) => value < stop) ?? value;
  const before = sorted.filter((stop) => stop < value);
  return before.at(-1) ?? value;
}

function byStrength<T extends Strength>(name: (one: T) => string) {
  return (left: T, right: T) => right.events - left.events || compare(name(left), name(right));
}

function compare(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0;
}

function eventsOf(paths: MapPath[]): number {
  return paths.reduce((sum, path) => sum + path.events, 0);
}

function floorPercent(share: number): number {
  return Math.floor(share * 100);
}
