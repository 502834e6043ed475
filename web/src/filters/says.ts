// What a filter says in the reader's language, short enough for a chip.
import { type Formats, formats } from '../format';
import { plainLanguage, settings } from '../settings';
import type { Say } from '../text/useText';
import type { AttributeValue, Filter, FunnelPlaceFilter, OneFilter } from './filter';

const NAMES_SHOWN = 2;
const DAY_ONLY = /^\d{4}-\d{2}-\d{2}$/;
const DAY_MS = 86_400_000;

export function says(filter: Filter, text: Say, format: Formats): string {
  if ('not' in filter && 'kind' in filter.not && filter.not.kind === 'event_activity') {
    return text('filters.says.event_activity.not', { names: namesOf(filter.not.activities, text) });
  }
  if ('not' in filter) return text('filters.not', { filter: says(filter.not, text, format) });
  if ('any' in filter) return joinedWith('filters.or', filter.any, text, format);
  if ('all' in filter) return joinedWith('filters.and', filter.all, text, format);
  return one(filter, text, format);
}

function joinedWith(
  key: 'filters.or' | 'filters.and',
  parts: Filter[],
  text: Say,
  format: Formats,
): string {
  return parts
    .map((part) => says(part, text, format))
    .reduce((first, second) => text(key, { first, second }));
}

function one(filter: OneFilter, text: Say, format: Formats): string {
  switch (filter.kind) {
    case 'activity_contains':
    case 'activity_not_contains':
      return text(`filters.says.${filter.kind}`, {
        mode: filter.activities.length > 1 ? (filter.mode ?? 'any') : 'any',
        names: namesOf(filter.activities, text),
      });
    case 'starts_with':
    case 'ends_with':
    case 'event_activity':
      return text(`filters.says.${filter.kind}`, { names: namesOf(filter.activities, text) });
    case 'attribute_in':
    case 'attribute_not_in':
    case 'event_attribute_in':
      return text(`filters.says.${filter.kind}`, {
        attribute: filter.attribute,
        names: namesOf(
          filter.values.map((value) => valueName(value, text, format)),
          text,
        ),
      });
    case 'attribute_range':
    case 'event_attribute_range':
      return text(`filters.says.${filter.kind}`, {
        attribute: filter.attribute,
        range: rangeOf(filter.min, filter.max, numberWriter(format, filter.currency), text),
      });
    case 'attribute_period':
      return text('filters.says.attribute_period', {
        attribute: filter.attribute,
        period: periodOf(filter.from, filter.to, text, format),
      });
    case 'period': {
      const words = text(`filters.says.period.${filter.mode}`, {
        period: periodOf(filter.from, filter.to, text, format),
      });
      return withEnds(words, filter.ends, text);
    }
    case 'event_period':
      return text('filters.says.event_period', {
        period: periodOf(filter.from, filter.to, text, format),
      });
    case 'follows':
      return follows(filter, text, format);
    case 'activity_time':
      return text(`filters.says.activity_time.${filter.measure}`, {
        names: namesOf(filter.activities, text),
        range: timesOf(filter.min_s, filter.max_s, text, format),
      });
    case 'repeats':
      return text(`filters.says.repeats${filter.activity ? '' : '.any'}`, {
        activity: filter.activity ?? '',
        count: filter.at_least ?? 2,
      });
    case 'funnel_place':
      return funnelPlace(filter, text);
    case 'variant':
      return text('filters.says.variant', { count: filter.ids.length });
    case 'duration': {
      const range = timesOf(filter.min_s, filter.max_s, text, format);
      if (filter.open) return withEnds(text('filters.says.age', { range }), filter.ends, text);
      return withEnds(text('filters.says.duration', { range }), filter.ends, text);
    }
    case 'handover':
      return handover(filter, text, format);
    case 'event_count': {
      const range = rangeOf(filter.min, filter.max, format.number, text);
      return text('filters.says.event_count', { range });
    }
    case 'case_ids':
      return text('filters.says.case_ids', {
        count: filter.ids.length,
        name: filter.ids[0] ?? '',
      });
    case 'group_activities':
      return Object.entries(filter.groups)
        .map(([name, members]) =>
          text('filters.says.group_activities', { name, names: namesOf(members, text) }),
        )
        .reduce((first, second) => text('filters.list', { first, second }));
    case 'sample':
      return text('filters.says.sample', { share: format.percent(Number(filter.share), 4) });
  }
}

function follows(
  filter: Extract<OneFilter, { kind: 'follows' }>,
  text: Say,
  format: Formats,
): string {
  const path = text(`filters.says.follows.${filter.mode}`, {
    from: namesOf(filter.from, text),
    to: namesOf(filter.to, text),
  });
  if (!isGiven(filter.after_s) && !isGiven(filter.within_s)) return path;
  const range = timesOf(filter.after_s, filter.within_s, text, format);
  return text('filters.says.follows.within', { path, range });
}

/** An end is the last event, unless some activities are. */
function withEnds(words: string, ends: string[] | null | undefined, text: Say): string {
  return ends ? text('filters.says.ends', { filter: words, names: namesOf(ends, text) }) : words;
}

function handover(
  { from, to }: Extract<OneFilter, { kind: 'handover' }>,
  text: Say,
  format: Formats,
): string {
  const people = (names: AttributeValue[] | null | undefined) =>
    namesOf(
      (names ?? []).map((name) =>
        name === null ? text('filters.unknown') : valueName(name, text, format),
      ),
      text,
    );
  if (!to) return text('filters.says.handover.from', { from: people(from) });
  if (!from) return text('filters.says.handover.to', { to: people(to) });
  return text('filters.says.handover', { from: people(from), to: people(to) });
}

function funnelPlace({ place, stage, order, next, from }: FunnelPlaceFilter, text: Say): string {
  const key = `filters.says.funnel.${place}` as const;
  const said = from
    ? text('filters.says.funnel.returned.from', { stage, from })
    : text(key, { stage, order: order ?? 'strict' });
  if (!next) return said;
  const names = next.map((name) => name ?? text('filters.editor.funnel.nothing'));
  return text('filters.says.funnel.next', { place: said, names: namesOf(names, text) });
}

/** The first names and how many more there are. */
export function namesOf(names: string[], text: Say): string {
  const shown = names
    .slice(0, NAMES_SHOWN)
    .reduce((first, second) => text('filters.list', { first, second }));
  const count = names.length - NAMES_SHOWN;
  return count > 0 ? text('filters.more', { names: shown, count }) : shown;
}

export function valueName(value: AttributeValue, text: Say, format: Formats): string {
  if (value === null || value === '') return text('filters.blank');
  if (typeof value === 'boolean') return text(value ? 'filters.yes' : 'filters.no');
  return typeof value === 'number' ? format.number(value, 6) : value;
}

type Bound = number | string | null | undefined;

function isGiven(bound: Bound): bound is number | string {
  return bound !== null && bound !== undefined;
}

function rangeOf(min: Bound, max: Bound, write: (value: number) => string, text: Say): string {
  if (!isGiven(min)) return text('filters.atMost', { max: write(Number(max)) });
  if (!isGiven(max)) return text('filters.atLeast', { min: write(Number(min)) });
  return text('filters.between', { min: write(Number(min)), max: write(Number(max)) });
}

/** The first time over a whole second is more than that second. */
function timesOf(min: Bound, max: Bound, text: Say, format: Formats): string {
  const whole_s = Math.floor(Number(min));
  const isOver = isGiven(min) && !isGiven(max) && Math.round((Number(min) - whole_s) * 1e6) === 1;
  if (isOver) return text('filters.moreThan', { min: format.duration(whole_s) });
  return rangeOf(min, max, format.duration, text);
}

function numberWriter(format: Formats, currency: string | null | undefined) {
  return (value: number) => (currency ? format.money(value, currency) : format.number(value, 6));
}

function periodOf(
  from: string | null | undefined,
  to: string | null | undefined,
  text: Say,
  format: Formats,
): string {
  if (from && to) {
    if (!DAY_ONLY.test(from) || !DAY_ONLY.test(to)) {
      return text('filters.between', { min: moment(from, format), max: moment(to, format) });
    }
    return inUtc().period(from, lastDay(to));
  }
  if (from) return text('filters.from', { from: moment(from, format) });
  return text('filters.until', { to: to ? moment(lastDay(to), format) : '' });
}

function moment(value: string, format: Formats): string {
  return DAY_ONLY.test(value) ? inUtc().date(value) : format.dateTime(value);
}

/** The end of a period is itself excluded: the last day of it is the one before. */
export function lastDay(to: string): string {
  return DAY_ONLY.test(to) ? shiftedDay(to, -1) : to;
}

export function shiftedDay(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10);
}

/** A day is the same day everywhere. */
export function inUtc(): Formats {
  return formats(plainLanguage(settings().language), 'UTC');
}
