// What the address of the page "Funnel" says, and what of it the log knows.
import type { AskedStage, CohortLength } from '../../api/funnel';
import type { Schema } from '../../api/types';
import { areStages } from '../../filters/editors/stages';
import { type LogSearch, name, names, on, oneOf, type Raw } from '../explore/search';

export const LENGTHS = ['week', 'month', 'quarter', 'year'] as const;

export interface FunnelSearch extends LogSearch {
  /** The main road of the map when absent. */
  stages?: AskedStage[];
  /** Strict order when absent. */
  order?: 'any';
  /** The activities that end a case. */
  ends?: string[];
  /** The numeric attribute that is summed. */
  value?: string;
  /** How long the periods are; months when absent. */
  length?: CohortLength;
  /** The first day of the period whose cases are shown; all cases when absent. */
  cohort?: string;
  /** The first day of the period that is compared with. */
  against?: string;
  /** The stage that is looked at. */
  stage?: string;
  /** The table instead of the picture. */
  table?: true;
}

const DATE = /^\d{4,}-\d\d-\d\d$/;

export function validateFunnelSearch(search: Raw): FunnelSearch {
  const length = oneOf(search.length, LENGTHS);
  const cohort = date(search.cohort);
  const against = date(search.against);
  return {
    stages: readStages(search.stages),
    order: oneOf(search.order, ['any'] as const),
    ends: names(search.ends),
    value: name(search.value),
    length: length === 'month' ? undefined : length,
    cohort,
    against: cohort !== undefined && against !== cohort ? against : undefined,
    stage: name(search.stage),
    table: on(search.table),
  };
}

function date(value: unknown): string | undefined {
  return typeof value === 'string' && DATE.test(value) ? value : undefined;
}

/** All or none: a funnel with a hole is another one. */
function readStages(value: unknown): AskedStage[] | undefined {
  if (!Array.isArray(value)) return undefined;
  const stages = value.map(readStage);
  const whole = stages.filter((one) => one !== undefined);
  return whole.length === stages.length && areStages(whole) ? whole : undefined;
}

function readStage(value: unknown): AskedStage | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const given = value as Raw;
  const activities = names(given.activities);
  if (!activities) return undefined;
  const said = name(given.name);
  return said === undefined ? { activities } : { name: said, activities };
}

interface Understood {
  search: FunnelSearch;
  /** Words that name what the log does not have. */
  unknown: string[];
}

/** Leaves out what the log does not have; the address may be older than the version. */
export function understood(search: FunnelSearch, schema: Schema, activities: string[]): Understood {
  const known = new Set(activities);
  const has = (all: string[]) => all.every((one) => known.has(one));
  const hasStages = search.stages?.every((one) => has(one.activities)) ?? true;
  const hasEnds = has(search.ends ?? []);
  const hasValue = search.value === undefined || valueAttributes(schema).includes(search.value);
  return {
    search: {
      ...search,
      stages: hasStages ? search.stages : undefined,
      ends: hasEnds ? search.ends : undefined,
      value: hasValue ? search.value : undefined,
    },
    unknown: [
      ...(hasStages ? [] : ['stages']),
      ...(hasEnds ? [] : ['ends']),
      ...(hasValue ? [] : ['value']),
    ],
  };
}

const NUMERIC = ['integer', 'decimal', 'money'];

/** Each name once, whether of cases or of events. */
export function valueAttributes(schema: Schema): string[] {
  const numeric = schema.attributes.filter(({ type }) => NUMERIC.includes(type));
  return [...new Set(numeric.map((one) => one.name))];
}
