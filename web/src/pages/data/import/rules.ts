// What the user says about automatic readings: what is off, and what is chosen where one can choose.
import type {
  AutomaticReading,
  ImportSettings,
  ReadingRule,
  ReadingRules,
} from '../../../api/types';
import { withoutBlanks } from './roles';

/** The automatic readings, in the order in which the server tells them. */
export const RULES: readonly ReadingRule[] = [
  'title_lines',
  'repeated_headers',
  'total_rows',
  'footer_lines',
  'blank_words',
  'decimal_commas',
  'grouped_digits',
  'negative_numbers',
  'percents',
  'cell_currencies',
  'serial_dates',
  'damaged_ids',
  'example_rows',
];

/** How the values of a column are read whatever they look like. */
export const VALUES = ['text', 'percent'] as const;
export type Values = (typeof VALUES)[number];

/** The settings with another choice; rules that say nothing leave no trace. */
export function withRules(settings: ImportSettings, change: ReadingRules): ImportSettings {
  const all = Object.entries({ ...settings.rules, ...change });
  const said = all.filter(([, value]) => value !== null && value !== undefined);
  const kept = said.filter(([name, value]) => {
    // No word at all is a list of the user's, too.
    return name === 'blank_words' || !Array.isArray(value) || value.length > 0;
  });
  const rules = kept.length > 0 ? (Object.fromEntries(kept) as ReadingRules) : undefined;
  const { rules: _, ...rest } = settings;
  return withoutBlanks(rules ? { ...rest, rules } : rest);
}

/** The settings after a rule was switched on or off. */
export function withRule(
  settings: ImportSettings,
  rule: ReadingRule,
  isFollowed: boolean,
): ImportSettings {
  const others = (settings.rules?.off ?? []).filter((known) => known !== rule);
  return withRules(settings, { off: isFollowed ? others : [...others, rule] });
}

/** How the user wants the values of a column; nothing is as they look. */
export function valuesOf(settings: ImportSettings, column: string): Values | undefined {
  if (settings.rules?.text_columns?.includes(column)) return 'text';
  return settings.rules?.percent_columns?.includes(column) ? 'percent' : undefined;
}

/** The settings after the user has said how the values of a column are to be read. */
export function withValues(
  settings: ImportSettings,
  column: string,
  values: Values | undefined,
): ImportSettings {
  const without = (columns: string[] | undefined) =>
    (columns ?? []).filter((name) => name !== column);
  const texts = without(settings.rules?.text_columns);
  const percents = without(settings.rules?.percent_columns);
  return withRules(settings, {
    text_columns: values === 'text' ? [...texts, column] : texts,
    percent_columns: values === 'percent' ? [...percents, column] : percents,
  });
}

/** The rules that did something, and those that are off; each with what it did. */
export function rulesShown(
  automatic: AutomaticReading[],
  off: ReadingRule[],
): [ReadingRule, AutomaticReading[]][] {
  const rules = RULES.filter(
    (rule) => off.includes(rule) || automatic.some((reading) => reading.rule === rule),
  );
  return rules.map((rule) => [rule, automatic.filter((reading) => reading.rule === rule)]);
}

/** Words between commas. */
export function wordsOf(text: string): string[] | null {
  const words = text.split(/[,、，]/).map((word) => word.trim());
  const said = words.filter((word) => word !== '');
  return said.length > 0 ? said : null;
}
