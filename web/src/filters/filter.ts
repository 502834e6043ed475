// A filter as the server understands it (GET /api/v1/filters), and what of an address is one.

export type AttributeValue = string | number | boolean | null;
type Bound = number | string | null;
type Level = 'case' | 'event' | null;

export interface ActivityFilter {
  kind: 'activity_contains' | 'activity_not_contains';
  activities: string[];
  mode?: 'any' | 'all';
}

interface EndFilter {
  kind: 'starts_with' | 'ends_with';
  activities: string[];
  auxiliary?: boolean | null;
}

interface EventActivityFilter {
  kind: 'event_activity';
  activities: string[];
}

export interface ValueFilter {
  kind: 'attribute_in' | 'attribute_not_in' | 'event_attribute_in';
  attribute: string;
  level?: Level;
  values: AttributeValue[];
}

export interface RangeFilter {
  kind: 'attribute_range' | 'event_attribute_range';
  attribute: string;
  level?: Level;
  currency?: string | null;
  min?: Bound;
  max?: Bound;
}

export const PERIOD_MODES = ['starts', 'ends', 'active', 'contained', 'has_event'] as const;
export type PeriodMode = (typeof PERIOD_MODES)[number];

export interface PeriodFilter {
  kind: 'period';
  mode: PeriodMode;
  from?: string | null;
  to?: string | null;
  /** The activities that end a case; its last event does when absent. */
  ends?: string[] | null;
}

interface EventPeriodFilter {
  kind: 'event_period';
  from?: string | null;
  to?: string | null;
}

export interface AttributePeriodFilter {
  kind: 'attribute_period';
  attribute: string;
  level?: Level;
  from?: string | null;
  to?: string | null;
}

export interface ActivityTimeFilter {
  kind: 'activity_time';
  activities: string[];
  measure: 'work' | 'wait';
  min_s?: Bound;
  max_s?: Bound;
  auxiliary?: boolean | null;
}

export interface FollowsFilter {
  kind: 'follows';
  from: string[];
  to: string[];
  mode: 'directly' | 'eventually';
  after_s?: Bound;
  within_s?: Bound;
  auxiliary?: boolean | null;
}

export interface RepeatsFilter {
  kind: 'repeats';
  activity?: string | null;
  at_least?: number | null;
}

export interface FunnelStage {
  /** What it is called; the names of its activities when absent. */
  name?: string;
  activities: string[];
}

export const FUNNEL_PLACES = ['reached', 'stopped', 'furthest', 'skipped', 'returned'] as const;
export type FunnelPlace = (typeof FUNNEL_PLACES)[number];

export interface FunnelPlaceFilter {
  kind: 'funnel_place';
  stages: FunnelStage[];
  order?: 'strict' | 'any';
  place: FunnelPlace;
  /** The name of the stage. */
  stage: string;
  /** What comes next, where cases stop; `null` for nothing. */
  next?: (string | null)[];
  /** The later stage, where cases come back. */
  from?: string;
}

export interface VariantFilter {
  kind: 'variant';
  ids: string[];
  auxiliary?: boolean | null;
}

export interface DurationFilter {
  kind: 'duration';
  min_s?: Bound;
  max_s?: Bound;
  /** The activities that end a case; its last event does when absent. */
  ends?: string[] | null;
  /** Cases without any of them, by their age. */
  open?: boolean | null;
}

/** Work goes from one of some people to one of others; `null` is somebody unknown. */
export interface HandoverFilter {
  kind: 'handover';
  from?: AttributeValue[] | null;
  to?: AttributeValue[] | null;
  /** The attribute that says who; the resource of the log when absent. */
  attribute?: string | null;
  auxiliary?: boolean | null;
}

export interface EventCountFilter {
  kind: 'event_count';
  min?: Bound;
  max?: Bound;
}

export interface CaseIdFilter {
  kind: 'case_ids';
  ids: string[];
}

export interface SampleFilter {
  kind: 'sample';
  share: number | string;
  seed?: number | null;
}

/** Shows activities under another name, together or alone; keeps everything. */
export interface GroupFilter {
  kind: 'group_activities';
  /** The activities of each group, by its name. */
  groups: Record<string, string[]>;
}

export type OneFilter =
  | ActivityFilter
  | EndFilter
  | EventActivityFilter
  | ValueFilter
  | RangeFilter
  | PeriodFilter
  | EventPeriodFilter
  | AttributePeriodFilter
  | FollowsFilter
  | RepeatsFilter
  | FunnelPlaceFilter
  | VariantFilter
  | DurationFilter
  | HandoverFilter
  | EventCountFilter
  | CaseIdFilter
  | SampleFilter
  | ActivityTimeFilter
  | GroupFilter;

export type FilterKind = OneFilter['kind'];
export type Filter = OneFilter | { any: Filter[] } | { all: Filter[] } | { not: Filter };

/** Whole cases, or parts of cases; or everything, under other names. */
export type Keeps = 'cases' | 'events' | 'everything';

type Check = (value: unknown) => boolean;

const text: Check = (value) => typeof value === 'string' && value !== '';
const texts: Check = (value) => Array.isArray(value) && value.length > 0 && value.every(text);
const number: Check = (value) =>
  typeof value === 'number' ? Number.isFinite(value) : text(value) && !Number.isNaN(Number(value));
const flag: Check = (value) => typeof value === 'boolean';
const values: Check = (value) =>
  Array.isArray(value) &&
  value.length > 0 &&
  value.every((one) => one === null || ['string', 'number', 'boolean'].includes(typeof one));
const instant: Check = (value) => typeof value === 'string' && !Number.isNaN(Date.parse(value));
const word =
  (...words: string[]): Check =>
  (value) =>
    words.some((known) => known === value);

const stages: Check = (value) =>
  Array.isArray(value) &&
  value.length > 0 &&
  value.every(
    (one) =>
      typeof one === 'object' &&
      one !== null &&
      texts(one.activities) &&
      (one.name === undefined || text(one.name)),
  );

const groups: Check = (value) =>
  typeof value === 'object' &&
  value !== null &&
  Object.keys(value).length > 0 &&
  Object.entries(value).every(([name, members]) => text(name) && texts(members));

interface Shape {
  keeps: Keeps;
  needs: Record<string, Check>;
  may?: Record<string, Check>;
  /** One of these at least. */
  oneOf?: string[];
}

const level = word('case', 'event');
const activities = { keeps: 'cases', needs: { activities: texts } } as const;
const ends: Shape = { ...activities, may: { auxiliary: flag } };
const contains: Shape = { ...activities, may: { mode: word('any', 'all') } };
const amongValues: Shape = {
  keeps: 'cases',
  needs: { attribute: text, values },
  may: { level },
};
const range = { min: number, max: number };
const period = { from: instant, to: instant };

const SHAPES: Record<FilterKind, Shape> = {
  activity_contains: contains,
  activity_not_contains: contains,
  starts_with: ends,
  ends_with: ends,
  attribute_in: amongValues,
  attribute_not_in: amongValues,
  attribute_range: {
    keeps: 'cases',
    needs: { attribute: text },
    may: { level, currency: text, ...range },
    oneOf: ['min', 'max'],
  },
  attribute_period: {
    keeps: 'cases',
    needs: { attribute: text },
    may: { level, ...period },
    oneOf: ['from', 'to'],
  },
  period: {
    keeps: 'cases',
    needs: { mode: word(...PERIOD_MODES) },
    may: { ...period, ends: texts },
    oneOf: ['from', 'to'],
  },
  follows: {
    keeps: 'cases',
    needs: { from: texts, to: texts, mode: word('directly', 'eventually') },
    may: { after_s: number, within_s: number, auxiliary: flag },
  },
  activity_time: {
    keeps: 'cases',
    needs: { activities: texts, measure: word('work', 'wait') },
    may: { min_s: number, max_s: number, auxiliary: flag },
    oneOf: ['min_s', 'max_s'],
  },
  repeats: { keeps: 'cases', needs: {}, may: { activity: text, at_least: number } },
  funnel_place: {
    keeps: 'cases',
    needs: { stages, place: word(...FUNNEL_PLACES), stage: text },
    may: { order: word('strict', 'any'), next: values, from: text },
  },
  variant: { keeps: 'cases', needs: { ids: texts }, may: { auxiliary: flag } },
  duration: {
    keeps: 'cases',
    needs: {},
    may: { min_s: number, max_s: number, ends: texts, open: flag },
    oneOf: ['min_s', 'max_s'],
  },
  handover: {
    keeps: 'cases',
    needs: {},
    may: { from: values, to: values, attribute: text, auxiliary: flag },
    oneOf: ['from', 'to'],
  },
  event_count: { keeps: 'cases', needs: {}, may: range, oneOf: ['min', 'max'] },
  case_ids: { keeps: 'cases', needs: { ids: texts } },
  sample: { keeps: 'cases', needs: { share: number }, may: { seed: number } },
  event_activity: { keeps: 'events', needs: { activities: texts } },
  event_attribute_in: { keeps: 'events', needs: { attribute: text, values } },
  event_attribute_range: {
    keeps: 'events',
    needs: { attribute: text },
    may: { currency: text, ...range },
    oneOf: ['min', 'max'],
  },
  event_period: { keeps: 'events', needs: {}, may: period, oneOf: ['from', 'to'] },
  group_activities: { keeps: 'everything', needs: { groups } },
};

/** The server takes filters nested so deep. */
const DEPTH_MAX = 32;

/** The filter that stands there, or nothing: of an unknown kind, incomplete, or mixed. */
export function readFilter(value: unknown, depth = 0): Filter | undefined {
  if (typeof value !== 'object' || value === null || depth > DEPTH_MAX) return undefined;
  const given = value as Record<string, unknown>;
  if ('kind' in given) return isOne(given) ? (given as unknown as OneFilter) : undefined;
  const [[key, inner] = [], ...more] = Object.entries(given);
  if (more.length > 0) return undefined;
  if (key === 'not') {
    const not = readFilter(inner, depth + 1);
    return not && keepsOf(not) !== 'everything' ? { not } : undefined;
  }
  if ((key !== 'any' && key !== 'all') || !Array.isArray(inner) || inner.length === 0) {
    return undefined;
  }
  const parts = inner.flatMap((part) => readFilter(part, depth + 1) ?? []);
  const kept = new Set(parts.map(keepsOf));
  // Groups stand alone: what comes before and after them speaks of other names.
  const isWhole = parts.length === inner.length && kept.size === 1 && !kept.has('everything');
  if (!isWhole) return undefined;
  return key === 'any' ? { any: parts } : { all: parts };
}

function isOne({ kind, ...fields }: Record<string, unknown>): boolean {
  const shape = Object.hasOwn(SHAPES, String(kind)) ? SHAPES[kind as FilterKind] : undefined;
  if (!shape) return false;
  const { needs, may = {}, oneOf } = shape;
  const isGiven = (name: string) => fields[name] !== undefined && fields[name] !== null;
  const known = { ...needs, ...may };
  return (
    Object.keys(needs).every(isGiven) &&
    Object.keys(fields).every((name) => !isGiven(name) || known[name]?.(fields[name])) &&
    Object.keys(fields).every((name) => Object.hasOwn(known, name)) &&
    (oneOf === undefined || oneOf.some(isGiven))
  );
}

export function keepsOf(filter: Filter): Keeps {
  if ('kind' in filter) return SHAPES[filter.kind].keeps;
  const first = 'not' in filter ? filter.not : 'any' in filter ? filter.any[0] : filter.all[0];
  return first ? keepsOf(first) : 'cases';
}
