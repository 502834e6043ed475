// The words of the server under short names. `schema.d.ts` is generated from its description.
import type { components } from './schema';

type Schemas = components['schemas'];

export type Analysis = Schemas['Analysis'];
export type AutomaticReading = Schemas['AutomaticReading'];
export type CheckedColumn = Schemas['CheckColumn'];
export type CheckResult = Schemas['CheckResult'];
export type ColumnRole = Schemas['ColumnRole'];
export type DateColumn = Schemas['DateColumn'];
export type ActivityMeaning = Schemas['ActivityMeaning'];
export type KnownActivity = Schemas['KnownActivity'];
export type LibraryActivity = Schemas['library.Activity'];
export type RecipeReading = Omit<Schemas['RecipeReading'], 'order'> & {
  order?: RecipeOrder | null;
};
export type ImportReport = Schemas['ImportReport'];
export type JoinPreview = Schemas['JoinPreview'];
export type Log = Schemas['Log'];
export type Place = Schemas['Place'];
export type ReadingChoice = Schemas['ReadingChoice'];
export type ProblemCount = Schemas['ProblemCount'];
export type SingleEventCases = Schemas['SingleEventCases'];
export type ReadingRule = Schemas['ReadingRule'];
export type RowMeaning = Schemas['RowMeaning'];
export type Retention = Schemas['RetentionRule'];
export type Schema = Schemas['LogSchema'];
export type Upload = Schemas['Upload'];
export type Version = Schemas['Version'];

/** A problem with its title, as the server answers it, or without, as a job keeps it. */
export type Problem = Schemas['Problem'] & Partial<Schemas['ProblemDocument']>;

/** The description leaves open what a job keeps of its problem; it is one like any other. */
export type Job = Omit<Schemas['Job'], 'problem'> & { problem?: Problem | null };

/** What the user has said about automatic readings. */
export type ReadingRules = Partial<Schemas['ReadingRules']>;

/** Only what the user has said; the server fills in the rest. */
export type ImportSettings = Partial<Omit<Schemas['ImportSettings'], 'rules'>> & {
  rules?: ReadingRules;
};

export type ImportOrder = Omit<Schemas['ImportBody'], 'settings'> & {
  settings: ImportSettings | undefined;
};

/** What a recipe asks for. */
export type RecipeOrder = Omit<Schemas['RecipeOrder'], 'settings'> & { settings: ImportSettings };

/** The log that a file may join, and how. */
export type CheckJoin = Schemas['CheckJoin'];
