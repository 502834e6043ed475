// Two maps on the layout of both: what each side draws, and what their difference looks like.
import type {
  ComparedActivity,
  ComparedPath,
  ComparisonAnswer,
  SideFigures,
} from '../../api/comparison';
import type { MapPath } from '../../api/map';
import { inkOn, type Ramp } from './colour';
import { type Arrow, END, isTerminal, type MapGraph, pathId, START } from './graph';
import { type Looks, type LooksOf, looksOf, type Palette } from './looks';
import { type Domain, domainOf, pathWidth, terminalWidth } from './scale';

export type Side = 'a' | 'b';
const SIDES = ['a', 'b'] as const;

/** What is compared: how many of the cases, or the median of the times. */
const COMPARED = ['share', 'time'] as const;
export type Compared = (typeof COMPARED)[number];

/** Sides of different size are compared by the shares of their cases, here in millionths. */
const MILLION = 1_000_000;

function millionths(share: number | null | undefined): number {
  return Math.round((share ?? 0) * MILLION);
}

/** The map of both, for the layout: everything that either side has, each side counting alike. */
export function unionGraph(answer: ComparisonAnswer): MapGraph {
  const cases = (one: { a: { share?: number | null }; b: { share?: number | null } }) =>
    Math.max(millionths(one.a.share), millionths(one.b.share));
  return {
    cases: MILLION,
    activities: answer.activities.map((one) => ({
      activity: one.activity,
      events: one.strength,
      cases: cases(one),
      shown: one.shown,
      shown_from: one.shown_from,
    })),
    paths: answer.paths.map((one) => ({
      ...ends(one),
      events: one.strength,
      cases: cases(one),
      shown: one.shown,
      shown_from: one.shown_from,
    })),
    starts: byCases(answer.starts.map((one) => ({ activity: one.activity, cases: cases(one) }))),
    ends: byCases(answer.ends.map((one) => ({ activity: one.activity, cases: cases(one) }))),
  };
}

function byCases<T extends { cases: number }>(list: T[]): T[] {
  return list.sort((left, right) => right.cases - left.cases);
}

function ends({ from, to }: ComparedPath) {
  return { from, to, overlaps: 0, overlap_s: 0 };
}

/** The map of one side, in the order of the map of both; cases are shares in millionths. */
export function sideGraph(answer: ComparisonAnswer, side: Side): MapGraph {
  const counts = ({ events, share, duration_s }: SideFigures) => ({
    events,
    cases: millionths(share),
    duration_s: duration_s ?? null,
  });
  return {
    cases: MILLION,
    activities: answer.activities.map((one) => ({
      activity: one.activity,
      ...counts(one[side]),
      // A time of its own on one side is not beside a time of waiting on the other.
      wait_s: hasOwnTime(one) ? null : (one[side].wait_s ?? null),
      shown: one.shown,
      shown_from: one.shown_from,
    })),
    paths: answer.paths
      .filter((one) => one[side].events > 0)
      .map((one) => ({
        ...ends(one),
        ...counts(one[side]),
        shown: one.shown,
        shown_from: one.shown_from,
      })),
    starts: answer.starts.map((one) => sideEnd(one.activity, one[side].share)),
    ends: answer.ends.map((one) => sideEnd(one.activity, one[side].share)),
  };
}

function sideEnd(activity: string, share: number | null | undefined) {
  return { activity, cases: millionths(share) };
}

export function hasOwnTime(one: ComparedActivity | ComparedPath): boolean {
  return Boolean(one.a.duration_s ?? one.b.duration_s);
}

/** The arrows of both that a side has, as wide as they are there. */
function sideArrows(arrows: Arrow[], side: MapGraph): Arrow[] {
  const paths = new Map<string, MapPath>(
    side.paths.map((path) => [pathId(path.from, path.to), path]),
  );
  const starts = new Map(side.starts.map((one) => [one.activity, one.cases]));
  const last = new Map(side.ends.map((one) => [one.activity, one.cases]));
  return arrows.flatMap((arrow): Arrow[] => {
    if (isTerminal(arrow)) {
      const cases = (arrow.from === START ? starts.get(arrow.to) : last.get(arrow.from)) ?? 0;
      return cases > 0 ? [{ ...arrow, cases, events: cases }] : [];
    }
    const path = paths.get(arrow.id);
    return path ? [{ ...arrow, path, cases: path.cases, events: path.events }] : [];
  });
}

interface SidesOf {
  answer: ComparisonAnswer;
  arrows: Arrow[];
  compared: Compared;
  palette: Palette;
  write: LooksOf['write'];
  /** What stands on an activity that a side does not have. */
  absent: string;
}

export interface SideLooks {
  arrows: Record<Side, Arrow[]>;
  looks: Record<Side, Looks>;
}

/** Both sides on the same scales: a colour and a width mean the same on either map. */
export function sideLooks({
  answer,
  arrows,
  compared,
  palette,
  write,
  absent,
}: SidesOf): SideLooks {
  const metric = compared === 'share' ? 'share' : 'median';
  const given = (side: Side) => {
    const graph = sideGraph(answer, side);
    return { graph, arrows: sideArrows(arrows, graph), metric, palette, write } as const;
  };
  const own = { a: given('a'), b: given('b') };
  const first = SIDES.map((side) => looksOf(own[side]));
  const both = (of: (looks: Looks) => Domain | null) => united(first.map(of));
  const scales = {
    activityDomain: both((looks) => looks.activityDomain),
    pathDomain: both((looks) => looks.pathDomain),
    most: Math.max(0, ...SIDES.flatMap((side) => own[side].arrows.map((one) => one.cases))),
  };
  const looks = (side: Side): Looks => {
    const made = looksOf({ ...own[side], scales });
    for (const one of answer.activities) {
      const look = made.activities.get(one.activity);
      if (look === undefined || one[side].events > 0) continue;
      const fill = palette.mutedActivity;
      made.activities.set(one.activity, { fill, ink: inkOn(fill), value: absent, place: null });
    }
    // Widths are shares here, which the scale of the paths says.
    return { ...made, widthDomain: null };
  };
  return {
    arrows: { a: own.a.arrows, b: own.b.arrows },
    looks: { a: looks('a'), b: looks('b') },
  };
}

function united(domains: (Domain | null)[]): Domain | null {
  return domainOf(domains.flatMap((one) => (one ? [one.least, one.most] : [])));
}

/** The difference of an activity or a path, A − B; `null` where it cannot be said. */
export function differenceOf(
  one: ComparedActivity | ComparedPath,
  compared: Compared,
): number | null {
  const { difference } = one;
  if (compared === 'share') return difference.share ?? null;
  const times = hasOwnTime(one) ? difference.duration_s : difference.wait_s;
  return times?.median ?? null;
}

/** Whether a difference rests on too few cases to be ranked and coloured. */
export function isFew(one: ComparedActivity | ComparedPath, compared: Compared): boolean {
  return compared === 'share' ? one.difference.few : one.difference.few_times;
}

interface DifferencePalette {
  activity: Ramp;
  path: Ramp;
  mutedActivity: string;
  mutedPath: string;
  terminal: string;
}

interface DifferenceOf {
  answer: ComparisonAnswer;
  arrows: Arrow[];
  compared: Compared;
  palette: DifferencePalette;
  /** With its sign. */
  write: (difference: number) => string;
}

/** How the difference looks: blue is more on A, orange more on B, none in the middle. */
export function differenceLooks(of: DifferenceOf): Looks {
  const { answer, arrows, compared, palette, write } = of;
  const paths = new Map(answer.paths.map((one) => [pathId(one.from, one.to), one]));
  const drawn = arrows.flatMap((arrow) => paths.get(arrow.id) ?? []);
  const ranked = [...answer.activities, ...drawn].filter((one) => !isFew(one, compared));
  const domain = domainOf(ranked.map((one) => differenceOf(one, compared)));
  const reach = reachOf(domain);
  const placed = (one: ComparedActivity | ComparedPath) => {
    const value = differenceOf(one, compared);
    return value === null || isFew(one, compared) ? null : differencePlace(value, reach, compared);
  };
  const valued = (one: ComparedActivity | ComparedPath) => {
    const value = differenceOf(one, compared);
    return value === null ? '' : write(value);
  };
  const most = Math.max(0, ...arrows.map((arrow) => arrow.cases));
  const shares = new Map<string, number>();
  for (const one of answer.starts)
    shares.set(pathId(START, one.activity), one.share_difference ?? 0);
  for (const one of answer.ends) shares.set(pathId(one.activity, END), one.share_difference ?? 0);
  return {
    activities: new Map(
      answer.activities.map((one) => {
        const place = placed(one);
        const fill = place === null ? palette.mutedActivity : palette.activity(place);
        return [one.activity, { fill, ink: inkOn(fill), value: valued(one), place }];
      }),
    ),
    arrows: new Map(
      arrows.map((arrow) => {
        const path = paths.get(arrow.id);
        if (path === undefined) {
          const value = compared === 'share' ? write(shares.get(arrow.id) ?? 0) : '';
          const width = terminalWidth(arrow.cases, most);
          return [arrow.id, { colour: palette.terminal, width, value, place: null }];
        }
        const place = placed(path);
        const colour = place === null ? palette.mutedPath : palette.path(place);
        return [
          arrow.id,
          { colour, width: pathWidth(arrow.cases, most), value: valued(path), place },
        ];
      }),
    ),
    activityDomain: domain,
    pathDomain: domain,
    widthDomain: null,
  };
}

/** The largest difference without its sign: both ends of the ramp are as far from none. */
export function reachOf(domain: Domain | null): number {
  return domain ? Math.max(Math.abs(domain.least), Math.abs(domain.most)) : 0;
}

/** From 0, most on A, to 1, most on B; times differ by powers of ten and follow the root. */
export function differencePlace(value: number, reach: number, compared: Compared): number {
  if (reach === 0) return 0.5;
  const part = Math.min(1, Math.abs(value) / reach);
  const bent = compared === 'time' ? Math.sqrt(part) : part;
  return 0.5 - (Math.sign(value) * bent) / 2;
}

/** The difference at a place of the scale. */
export function differenceAt(place: number, reach: number, compared: Compared): number {
  const part = 1 - 2 * place;
  return Math.sign(part) * reach * (compared === 'time' ? part ** 2 : Math.abs(part));
}
