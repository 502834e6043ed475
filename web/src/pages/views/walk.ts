// Goes through everything in a saved state that names something of the log: activities, attributes
// and values, in filters and in what a page has chosen. Whoever visits may give another name for
// each, or nothing, and what is left without a meaning is left out.
import { type Chip, chipsOf, searchOf } from '../../filters/chips';
import type { AttributeValue, Filter, FunnelStage, OneFilter } from '../../filters/filter';
import { readFilter } from '../../filters/filter';
import { validateFunnelSearch } from '../funnel/search';
import type { State } from './state';

export type Level = 'case' | 'event';

export interface Visitor {
  /** `known` are the names at this place, which groups before it have changed. */
  activity: (name: string, known: Set<string>) => string | undefined;
  attribute: (name: string, level: Level | undefined) => string | undefined;
  value: (
    attribute: string,
    level: Level | undefined,
    value: AttributeValue,
  ) => AttributeValue | undefined;
}

type Naming = 'activity' | 'activities' | 'attribute' | 'column' | 'columns' | 'path' | 'stages';

/**
 * Which words of the address of a page name something of the log; filters need no line here.
 * Words of a path stay or go together.
 */
const NAMING: Record<string, Record<string, Naming>> = {
  map: { activity: 'activity', from: 'path', to: 'path', of: 'attribute' },
  variants: { by: 'attribute' },
  cases: { columns: 'columns', sort: 'column' },
  funnel: { stages: 'stages', ends: 'activities', value: 'attribute' },
  throughput: { ends: 'activities', by: 'attribute' },
  rework: { activity: 'activity' },
  people: { attribute: 'attribute' },
  compare: { activity: 'activity', from: 'path', to: 'path' },
  dotted: { colours: 'activities', highlight: 'activity' },
};

/** Case attributes stand among columns with this sign before their name. */
const ATTRIBUTE_SIGN = '@';

export function walkState(
  page: string,
  state: State,
  activities: Set<string>,
  visitor: Visitor,
): State {
  const chips = walkChips(chipsOf(state), activities, visitor);
  const words = Object.entries(state).filter(([word]) => word !== 'filters' && word !== 'paused');
  const naming = NAMING[page] ?? {};
  const known = chips.known;
  const walked = words.map(([word, value]) => {
    const kind = naming[word];
    return [word, kind ? walkWord(kind, value, known, visitor) : walkAny(value, known, visitor)];
  });
  const next: State = { ...Object.fromEntries(walked), ...searchOf(chips.chips) };
  const path = Object.keys(naming).filter((word) => naming[word] === 'path');
  if (path.some((word) => state[word] !== undefined && next[word] === undefined)) {
    for (const word of path) delete next[word];
  }
  return Object.fromEntries(Object.entries(next).filter(([, value]) => value !== undefined));
}

function walkFilters(filters: unknown[], activities: Set<string>, visitor: Visitor) {
  const chips = chipsOf({ filters });
  return walkChips(chips, activities, visitor).chips.map(({ filter }) => filter);
}

function walkChips(chips: Chip[], activities: Set<string>, visitor: Visitor) {
  let known = activities;
  const walked = chips.flatMap((chip) => {
    const filter = walkFilter(chip.filter, known, visitor);
    if (!filter) return [];
    if (!chip.isPaused) known = knownAfter(filter, known);
    return [{ ...chip, filter }];
  });
  return { chips: walked, known };
}

/** Groups take the place of their members. */
function knownAfter(filter: Filter, known: Set<string>): Set<string> {
  if (!('kind' in filter) || filter.kind !== 'group_activities') return known;
  const next = new Set(known);
  for (const name of Object.values(filter.groups).flat()) next.delete(name);
  for (const name of Object.keys(filter.groups)) next.add(name);
  return next;
}

function walkFilter(filter: Filter, known: Set<string>, visitor: Visitor): Filter | undefined {
  if ('not' in filter) {
    const not = walkFilter(filter.not, known, visitor);
    return not && { not };
  }
  if ('any' in filter) return joined(filter.any, 'any', known, visitor);
  if ('all' in filter) return joined(filter.all, 'all', known, visitor);
  const walked = walkOne(filter, known, visitor);
  return walked && readFilter(walked);
}

function joined(
  parts: Filter[],
  how: 'any' | 'all',
  known: Set<string>,
  visitor: Visitor,
): Filter | undefined {
  const left = parts.flatMap((part) => walkFilter(part, known, visitor) ?? []);
  if (left.length < 2) return left[0];
  return how === 'any' ? { any: left } : { all: left };
}

function walkOne(filter: OneFilter, known: Set<string>, visitor: Visitor): object | undefined {
  const names = (all: string[]) => several(all, (name) => visitor.activity(name, known));
  switch (filter.kind) {
    case 'activity_contains':
    case 'activity_not_contains':
    case 'starts_with':
    case 'ends_with':
    case 'event_activity':
    case 'activity_time':
      return { ...filter, activities: names(filter.activities) };
    case 'follows':
      return { ...filter, from: names(filter.from), to: names(filter.to) };
    case 'repeats': {
      if (!filter.activity) return filter;
      const activity = visitor.activity(filter.activity, known);
      return activity === undefined ? undefined : { ...filter, activity };
    }
    case 'group_activities': {
      const groups = Object.entries(filter.groups)
        .map(([name, members]) => [name, names(members)] as const)
        .filter(([, members]) => members.length > 0);
      return { ...filter, groups: Object.fromEntries(groups) };
    }
    case 'attribute_in':
    case 'attribute_not_in':
    case 'event_attribute_in':
    case 'attribute_range':
    case 'event_attribute_range':
    case 'attribute_period':
      return walkAttribute(filter, visitor);
    case 'funnel_place': {
      return { ...filter, stages: walkStages(filter.stages, names) };
    }
    case 'period':
    case 'duration':
      // Without its ends, a case ends with its last event.
      return filter.ends ? { ...filter, ends: listed(names(filter.ends), (one) => one) } : filter;
    case 'handover': {
      if (!filter.attribute) return filter;
      const attribute = visitor.attribute(filter.attribute, 'event');
      return attribute === undefined ? undefined : { ...filter, attribute };
    }
    case 'event_period':
    case 'variant':
    case 'event_count':
    case 'case_ids':
    case 'sample':
      return filter;
  }
}

/** A stage of which no activity is left is none. */
function walkStages(stages: FunnelStage[], names: (all: string[]) => string[]): FunnelStage[] {
  return stages
    .map((stage) => ({ ...stage, activities: names(stage.activities) }))
    .filter(({ activities }) => activities.length > 0);
}

type OfAttribute = Extract<OneFilter, { attribute: string }>;

function walkAttribute(filter: OfAttribute, visitor: Visitor): object | undefined {
  const isOfEvents = filter.kind.startsWith('event_');
  const level = isOfEvents ? 'event' : 'level' in filter ? (filter.level ?? undefined) : undefined;
  const attribute = visitor.attribute(filter.attribute, level);
  if (attribute === undefined) return undefined;
  if (!('values' in filter)) return { ...filter, attribute };
  const values = several(filter.values, (value) => visitor.value(attribute, level, value));
  return { ...filter, attribute, values };
}

function walkWord(kind: Naming, value: unknown, known: Set<string>, visitor: Visitor): unknown {
  const activity = (one: unknown) =>
    typeof one === 'string' ? visitor.activity(one, known) : undefined;
  const column = (one: unknown) => {
    if (typeof one !== 'string' || !one.startsWith(ATTRIBUTE_SIGN)) return one;
    const name = visitor.attribute(one.slice(ATTRIBUTE_SIGN.length), 'case');
    return name === undefined ? undefined : `${ATTRIBUTE_SIGN}${name}`;
  };
  switch (kind) {
    case 'activity':
    case 'path':
      return activity(value);
    case 'activities':
      return listed(value, activity);
    case 'attribute':
      return typeof value === 'string' ? visitor.attribute(value, undefined) : undefined;
    case 'column':
      return column(value);
    case 'columns':
      return listed(value, column);
    case 'stages': {
      const names = (all: string[]) => several(all, (one) => visitor.activity(one, known));
      return walkStages(validateFunnelSearch({ stages: value }).stages ?? [], names);
    }
  }
}

/** Filters that a page keeps under a word of its own, such as those of one side of a comparison. */
function walkAny(value: unknown, known: Set<string>, visitor: Visitor): unknown {
  const isFilters =
    Array.isArray(value) && value.length > 0 && value.every((one) => readFilter(one) !== undefined);
  if (!isFilters) return value;
  const left = walkFilters(value, known, visitor);
  return left.length > 0 ? left : undefined;
}

function listed(value: unknown, walk: (one: unknown) => unknown): unknown {
  if (!Array.isArray(value)) return undefined;
  const left = several(value, walk);
  return left.length > 0 ? left : undefined;
}

/** Each once, without those that are nothing; a blank is a value. */
function several<T>(all: T[], walk: (one: T) => T | undefined): T[] {
  const left = all
    .map(walk)
    .filter((one): one is Exclude<typeof one, undefined> => one !== undefined);
  return [...new Set(left)];
}
