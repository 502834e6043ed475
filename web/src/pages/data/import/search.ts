// What the address of the import says: a reload in the middle loses nothing.
import type { ActivityMeaning, DateColumn, ImportSettings, ReadingRules } from '../../../api/types';
import { RULES } from './rules';

export const STEPS = ['file', 'columns', 'check', 'import'] as const;
type ImportStep = (typeof STEPS)[number];

export const MODES = ['new', 'append', 'upsert', 'replace'] as const;
export type Mode = (typeof MODES)[number];

export interface ImportSearch {
  step?: ImportStep;
  /** The uploaded file. */
  upload?: number;
  /** Its name. */
  file?: string;
  /** How it is to be read, as far as the user has said. */
  settings?: ImportSettings;
  /** Read anew, whatever a file with the same columns was read as. */
  fresh?: boolean;
  /** The log that gets the events; a new one when absent. */
  into?: number;
  /** What the last step says about them, as far as it is not what the step begins with. */
  mode?: Mode;
  key?: string[];
  name?: string;
  /** The running or finished import. */
  job?: number;
}

const TEXT_SETTINGS = [
  'case',
  'activity',
  'time',
  'start',
  'resource',
  'lifecycle',
  'instance',
  'pipeline',
  'process',
  'time_zone',
  'date_format',
  'classifier',
  'object_type',
  'member',
  'encoding',
  'delimiter',
  'sheet',
] as const;

/** Settings with few values. */
const CHOICES = {
  date_order: ['day_first', 'month_first'],
  other_columns: ['read', 'leave_out'],
};
const ATTRIBUTE_FIELDS = ['name', 'kind', 'level', 'currency', 'currency_column'];

export function validateImportSearch(search: Record<string, unknown>): ImportSearch {
  const step = STEPS.find((known) => known === search.step);
  const mode = MODES.find((known) => known === search.mode);
  const key = namesOf(search.key);
  const settings = settingsOf(search.settings);
  const upload = numberOf(search.upload);
  const into = numberOf(search.into);
  const job = numberOf(search.job);
  return {
    ...(step ? { step } : {}),
    ...(upload ? { upload } : {}),
    ...(typeof search.file === 'string' ? { file: search.file } : {}),
    ...(settings ? { settings } : {}),
    ...(search.fresh === true ? { fresh: true } : {}),
    ...(into ? { into } : {}),
    ...(mode ? { mode } : {}),
    ...(key.length > 0 ? { key } : {}),
    // A name of digits comes as a number, and one that was emptied stays so.
    ...(isName(search.name) ? { name: String(search.name) } : {}),
    ...(job ? { job } : {}),
  };
}

function namesOf(value: unknown): string[] {
  return Array.isArray(value) ? value.filter(isName).map(String) : [];
}

function isName(value: unknown): value is string | number {
  return typeof value === 'string' || typeof value === 'number';
}

function settingsOf(value: unknown): ImportSettings | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const given = value as Record<string, unknown>;
  const settings: ImportSettings = {};
  for (const name of TEXT_SETTINGS) {
    const setting = given[name];
    // A name of digits comes as a number.
    if (isName(setting) && setting !== '') settings[name] = String(setting);
  }
  if (given.pairs_lifecycle === true) settings.pairs_lifecycle = true;
  if (given.row === 'event' || given.row === 'case') settings.row = given.row;
  if (given.header === 'first_row' || given.header === 'none') settings.header = given.header;
  const headerRow = numberOf(given.header_row);
  if (headerRow) settings.header_row = headerRow;
  const dates = datesOf(given.date_columns);
  if (dates) settings.date_columns = dates;
  for (const [name, words] of Object.entries(CHOICES)) {
    const chosen = words.find((word) => word === given[name]);
    if (chosen) Object.assign(settings, { [name]: chosen });
  }
  const meanings = listOf(given.activities, 'label', ['pipeline', 'activity']);
  if (meanings) settings.activities = meanings as ActivityMeaning[];
  const attributes = listOf(given.columns, 'column', ATTRIBUTE_FIELDS);
  if (attributes) settings.columns = attributes as ImportSettings['columns'];
  const rules = rulesOf(given.rules);
  if (rules) settings.rules = rules;
  return Object.keys(settings).length > 0 ? settings : undefined;
}

/** A list of things with a text that each has, and others that it may have. */
function listOf(value: unknown, needed: string, others: string[]) {
  if (!Array.isArray(value)) return undefined;
  return value.flatMap((one: unknown) => {
    if (typeof one !== 'object' || one === null) return [];
    const given = one as Record<string, unknown>;
    if (!isName(given[needed])) return [];
    const said = [needed, ...others].filter((name) => isName(given[name]));
    return [Object.fromEntries(said.map((name) => [name, String(given[name])]))];
  });
}

function datesOf(value: unknown): DateColumn[] | undefined {
  if (!Array.isArray(value)) return undefined;
  return value.flatMap((one: unknown): DateColumn[] => {
    if (typeof one !== 'object' || one === null) return [];
    const { column, activity } = one as Record<string, unknown>;
    if (typeof column !== 'string' || column === '') return [];
    return [typeof activity === 'string' && activity ? { column, activity } : { column }];
  });
}

function rulesOf(value: unknown): ReadingRules | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const given = value as Record<string, unknown>;
  const rules: ReadingRules = {};
  const off = namesOf(given.off);
  const known = RULES.filter((rule) => off.includes(rule));
  if (known.length > 0) rules.off = known;
  if (Array.isArray(given.blank_words)) rules.blank_words = namesOf(given.blank_words);
  if (given.decimal === 'point' || given.decimal === 'comma') rules.decimal = given.decimal;
  // An address writes a year as a number.
  if (String(given.serial_dates) === '1904') rules.serial_dates = '1904';
  for (const columns of ['text_columns', 'percent_columns'] as const) {
    const names = namesOf(given[columns]);
    if (names.length > 0) rules[columns] = names;
  }
  return Object.keys(rules).length > 0 ? rules : undefined;
}

function numberOf(value: unknown): number | undefined {
  const number = Number(value);
  return Number.isSafeInteger(number) && number > 0 ? number : undefined;
}

/** What the server is told of how the file is read: nothing, so that it looks what it knows. */
export function settingsAsked({ settings, fresh }: ImportSearch): ImportSettings | undefined {
  return settings ?? (fresh ? {} : undefined);
}
