// What a saved state names that the log does not have any more, and the same state mended.
import type { Schema } from '../../api/types';
import type { AttributeValue } from '../../filters/filter';
import type { State } from './state';
import { type Level, type Visitor, walkState } from './walk';

export type Missing =
  | { kind: 'activity'; name: string }
  | { kind: 'attribute'; name: string; level: Level | undefined }
  | { kind: 'value'; attribute: string; level: Level; value: AttributeValue };

/** A value of an attribute that a saved state names. */
export interface NamedValue {
  attribute: string;
  level: Level;
  value: AttributeValue;
}

/** What takes the place of what is missing, by its key; `null` leaves it out. */
type Mends = ReadonlyMap<string, string | null>;

export function keyOf(missing: Missing): string {
  return missing.kind === 'value'
    ? JSON.stringify(['value', missing.attribute, missing.level, missing.value])
    : missing.kind === 'attribute'
      ? JSON.stringify(['attribute', missing.name, missing.level ?? null])
      : JSON.stringify(['activity', missing.name]);
}

/** Everything that is named and not there, in the order in which it is named. */
export function missingIn(
  page: string,
  state: State,
  schema: Schema,
  goneValues: ReadonlySet<string>,
): Missing[] {
  const found = new Map<string, Missing>();
  const note = (missing: Missing) => found.set(keyOf(missing), missing);
  visit(page, state, schema, {
    activity: (name) => {
      note({ kind: 'activity', name });
      return name;
    },
    attribute: (name, level) => {
      note({ kind: 'attribute', name, level });
      return name;
    },
    value: (named) => {
      if (goneValues.has(keyOf({ kind: 'value', ...named }))) note({ kind: 'value', ...named });
      return named.value;
    },
  });
  return [...found.values()];
}

/** The values that a state names, of attributes that are there. */
export function valuesIn(page: string, state: State, schema: Schema): NamedValue[] {
  const found = new Map<string, NamedValue>();
  visit(page, state, schema, {
    activity: (name) => name,
    attribute: (name) => name,
    value: (named) => {
      found.set(keyOf({ kind: 'value', ...named }), named);
      return named.value;
    },
  });
  return [...found.values()];
}

/** With other names for what is missing, or without it; what is left empty by that goes too. */
export function mended(page: string, state: State, schema: Schema, mends: Mends): State {
  const instead = <T>(missing: Missing, own: T): T | string | undefined => {
    const mend = mends.get(keyOf(missing));
    return mend === undefined ? own : (mend ?? undefined);
  };
  return visit(page, state, schema, {
    activity: (name) => instead({ kind: 'activity', name }, name),
    attribute: (name, level) => instead({ kind: 'attribute', name, level }, name),
    value: (named) => instead({ kind: 'value', ...named }, named.value),
  });
}

interface Gone {
  activity: (name: string) => string | undefined;
  attribute: (name: string, level: Level | undefined) => string | undefined;
  value: (named: NamedValue) => AttributeValue | undefined;
}

/** Shows a visitor only what the log does not have, and of values all. */
function visit(page: string, state: State, schema: Schema, gone: Gone): State {
  const activities = new Set(schema.activities.map(({ name }) => name));
  const visitor: Visitor = {
    activity: (name, known) => (known.has(name) ? name : gone.activity(name)),
    attribute: (name, level) => (levelOf(schema, name, level) ? name : gone.attribute(name, level)),
    value: (attribute, wanted, value) => {
      const level = levelOf(schema, attribute, wanted);
      // A blank is always there to be asked for.
      return level && value !== null ? gone.value({ attribute, level, value }) : value;
    },
  };
  return walkState(page, state, activities, visitor);
}

/** Where an attribute belongs; that of cases is meant unless said. */
function levelOf(schema: Schema, name: string, wanted: Level | undefined): Level | undefined {
  const levels = schema.attributes.filter((one) => one.name === name).map(({ level }) => level);
  if (wanted) return levels.find((level) => level === wanted);
  return levels.includes('case') ? 'case' : levels[0];
}
