// How numbers, amounts, dates and durations look in each language: everything around Intl.
import { useCallback, useMemo } from 'react';
import { type Language, plainLanguage, useSettings } from './settings';

const LOCALES: Record<Language, string> = { en: 'en-GB', fr: 'fr-FR', ja: 'ja-JP' };

const MINUTE_S = 60;
const HOUR_S = 3600;
const DAY_S = 86_400;
const YEAR_S = 365.25 * DAY_S;
/** Below, digits after the point tell more than one of them; from the other on, a unit is shorter. */
const SMALL = 10;
const COMPACT_FROM = 10_000;
const FIRST_MONDAY_MS = Date.UTC(1970, 0, 5);
/** From here on years and days are easier to read than days alone. */
const YEARS_FROM_S = 1_000 * DAY_S;

/** What the language wants between a number and its unit, where the language data differ. */
const SPACING: Record<Language, (text: string) => string> = {
  en: (text) => text,
  fr: (text) => text.replaceAll('\u00a0', '\u202f'),
  ja: (text) => text.replace(/(?<=\d)[ \u00a0](?=[\u3040-\u9fff])/gu, ''),
};

type Moment = string | number | Date;

export interface Formats {
  locale: string;
  /** 1,234,567.8 */
  number(value: number, fractionDigits?: number): string;
  /** 0.0875, 2.35, 440.5, 12.3k: a value of any size in few digits that still tell */
  figure(value: number): string;
  /** 12.3m */
  compact(value: number): string;
  /** 86.5% of a ratio from 0 to 1 */
  percent(ratio: number, fractionDigits?: number): string;
  /** €1,234,567; a currency is data and never follows from the language */
  money(amount: number, currency: string): string;
  moneyCompact(amount: number, currency: string): string;
  /** 3 Mar 2026 */
  date(moment: Moment): string;
  /** 3 Mar 2026, 14:04 */
  dateTime(moment: Moment): string;
  /** Oct 2025 */
  month(moment: Moment): string;
  /** Mon; days from 0 for Monday to 6 */
  weekday(day: number): string;
  /** 1 Oct 2025 – 1 Oct 2026 */
  period(from: Moment, to: Moment): string;
  /** 5 minutes ago */
  ago(moment: Moment, now: Moment): string;
  /** One unit, at most three digits: 5.5 days. The same wherever the same duration stands. */
  durationShort(seconds: number): string;
  /** Two units: 2 days, 5 hrs. */
  duration(seconds: number): string;
  /** 100 days; the unit is given, as on an axis */
  inUnit(value: number, unit: string): string;
  /** 1.4 MB */
  bytes(count: number): string;
  /** 1.4 MB/s */
  rate(bytesPerSecond: number): string;
  list(parts: string[]): string;
}

const cache = new Map<string, Formats>();

/** The formats of a language, with times shown in a time zone (that of the browser when absent). */
export function formats(language: Language, timeZone?: string): Formats {
  const key = `${language} ${timeZone ?? ''}`;
  const known = cache.get(key);
  if (known) return known;
  const made = makeFormats(language, timeZone);
  cache.set(key, made);
  return made;
}

export function useFormats(timeZone?: string | null): Formats {
  const { language } = useSettings();
  return useMemo(
    () => formats(plainLanguage(language), timeZone ?? undefined),
    [language, timeZone],
  );
}

/** For a list whose lines have each a zone of its own. */
export function useFormatsOf(): (of: { time_zone?: string | null }) => Formats {
  const { language } = useSettings();
  return useCallback(
    ({ time_zone: zone }) => formats(plainLanguage(language), zone ?? undefined),
    [language],
  );
}

function makeFormats(language: Language, timeZone?: string): Formats {
  const locale = LOCALES[language];
  const numbers = memo(
    (digits: number) => new Intl.NumberFormat(locale, { maximumFractionDigits: digits }),
  );
  const percents = memo(
    (digits: number) =>
      new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: digits }),
  );
  const units = memo(
    (unit: string) =>
      new Intl.NumberFormat(locale, { style: 'unit', unit, maximumFractionDigits: 1 }),
  );
  const compact = new Intl.NumberFormat(locale, COMPACT);
  const small = new Intl.NumberFormat(locale, { maximumSignificantDigits: 3 });
  const { date, dateTime } = dateFormats(language, locale, timeZone);
  const months = new Intl.DateTimeFormat(locale, {
    year: 'numeric',
    month: 'short',
    ...(timeZone === undefined ? {} : { timeZone }),
  });
  const weekdays = new Intl.DateTimeFormat(locale, { weekday: 'short', timeZone: 'UTC' });
  const spaced = SPACING[language];
  const relative = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' });
  const list = new Intl.ListFormat(locale, { type: 'conjunction' });
  // "2 days, 5 hrs", but "2 j 5 h" and "2日5時間".
  const style = language === 'en' ? 'short' : 'narrow';
  const unitList = new Intl.ListFormat(locale, { type: 'unit', style });
  const inUnit = (value: number, unit: string) => spaced(units(unit).format(value));
  return {
    locale,
    number: (value, fractionDigits = 1) => numbers(fractionDigits).format(value),
    compact: (value) => spaced(compact.format(value)),
    figure: (value) => {
      const size = Math.abs(value);
      if (size < SMALL) return small.format(value);
      return size < COMPACT_FROM ? numbers(1).format(value) : spaced(compact.format(value));
    },
    percent: (ratio, fractionDigits = 1) => {
      const write = (value: number) => spaced(percents(fractionDigits).format(value));
      // Something is never nothing, and not all is never all.
      const least = 10 ** -(fractionDigits + 2);
      const beside = (sign: string, value: number) =>
        `${sign}${language === 'fr' ? '\u202f' : ''}${write(value)}`;
      if (ratio > 0 && ratio < least / 2) return beside('<', least);
      if (ratio < 1 && ratio >= 1 - least / 2) return beside('>', 1 - least);
      return write(ratio);
    },
    money: (amount, currency) => spaced(moneyFormat(locale, currency, false).format(amount)),
    moneyCompact: (amount, currency) => spaced(moneyFormat(locale, currency, true).format(amount)),
    date: (moment) => date.format(new Date(moment)),
    dateTime: (moment) => dateTime.format(new Date(moment)),
    month: (moment) => months.format(new Date(moment)),
    weekday: (day) => weekdays.format(new Date(FIRST_MONDAY_MS + day * DAY_S * 1000)),
    period: (from, to) => period(language, date, new Date(from), new Date(to)),
    ago: (moment, now) => {
      const { value, unit } = largestUnit(
        (new Date(moment).getTime() - new Date(now).getTime()) / 1000,
      );
      return spaced(relative.format(Math.trunc(value), unit));
    },
    durationShort: (seconds) => {
      const { value, unit } = shortDuration(seconds);
      return inUnit(value, unit);
    },
    duration: (seconds) =>
      unitList.format(twoUnits(seconds).map(({ value, unit }) => inUnit(value, unit))),
    inUnit,
    bytes: (count) => {
      const { value, unit } = byteUnit(count);
      return inUnit(value, unit);
    },
    rate: (bytesPerSecond) => {
      const { value, unit } = byteUnit(bytesPerSecond);
      return inUnit(value, `${unit}-per-second`);
    },
    list: (parts) => list.format(parts),
  };
}

function dateFormats(language: Language, locale: string, timeZone?: string) {
  const zone = timeZone === undefined ? {} : { timeZone };
  const month = language === 'ja' ? 'long' : 'short';
  const day = { year: 'numeric', month, day: 'numeric' } as const;
  const time = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const;
  return {
    date: new Intl.DateTimeFormat(locale, { ...day, ...zone }),
    dateTime: new Intl.DateTimeFormat(locale, { ...day, ...time, ...zone }),
  };
}

/** The language data write a period in Japanese as 2025/10/01～2026/10/01, unlike its two dates. */
function period(language: Language, date: Intl.DateTimeFormat, from: Date, to: Date): string {
  if (language !== 'ja') return date.formatRange(from, to);
  const [first, last] = [date.format(from), date.format(to)];
  return first === last ? first : `${first}～${last}`;
}

/** Three digits at least, so that 1.44億 and 1.36億 differ; 2,988.4万 is grouped as elsewhere. */
const COMPACT: Intl.NumberFormatOptions = {
  notation: 'compact',
  maximumFractionDigits: 1,
  maximumSignificantDigits: 3,
  roundingPriority: 'morePrecision',
  useGrouping: 'always',
};

function moneyFormat(locale: string, currency: string, isCompact: boolean): Intl.NumberFormat {
  return new Intl.NumberFormat(locale, {
    style: 'currency',
    currency,
    ...(isCompact ? COMPACT : { maximumFractionDigits: 0 }),
  });
}

interface InUnit {
  value: number;
  unit: string;
}

const YEARS = { unit: 'year', length: YEAR_S, below: Number.POSITIVE_INFINITY };
const UNITS = [
  { unit: 'second', length: 1, below: MINUTE_S },
  { unit: 'minute', length: MINUTE_S, below: HOUR_S },
  { unit: 'hour', length: HOUR_S, below: DAY_S },
  // No weeks: a duration is said in days here and in two units elsewhere, and has to be the same.
  { unit: 'day', length: DAY_S, below: YEARS_FROM_S },
];

/** The unit in which a duration has the fewest digits; what rounds up to the next unit takes it. */
function unitOf(size: number) {
  return UNITS.find(({ length, below }) => roundTo(size / length, 1) * length < below) ?? YEARS;
}

function shortDuration(seconds: number): InUnit {
  const { unit, length } = unitOf(Math.abs(seconds));
  const digits = Math.abs(seconds) < 100 * length ? 1 : 0;
  return { value: roundTo(seconds / length, digits), unit };
}

function twoUnits(seconds: number): InUnit[] {
  const sign = seconds < 0 ? -1 : 1;
  const size = Math.abs(seconds);
  const [large, small, unit, part] = unitsFor(size);
  if (part === undefined) return [{ value: sign * roundTo(size, 1), unit: 'second' }];
  let whole = Math.floor(size / large);
  let rest = Math.round((size - whole * large) / small);
  if (rest * small >= large) {
    whole += 1;
    rest = 0;
  }
  const first = { value: sign * whole, unit };
  return rest === 0 ? [first] : [first, { value: rest, unit: part }];
}

function unitsFor(size: number): [number, number, string, string?] {
  if (size < MINUTE_S) return [1, 1, 'second'];
  if (size < HOUR_S) return [MINUTE_S, 1, 'minute', 'second'];
  if (size < DAY_S) return [HOUR_S, MINUTE_S, 'hour', 'minute'];
  if (size < YEARS_FROM_S) return [DAY_S, HOUR_S, 'day', 'hour'];
  return [YEAR_S, DAY_S, 'year', 'day'];
}

function largestUnit(seconds: number): { value: number; unit: Intl.RelativeTimeFormatUnit } {
  const size = Math.abs(seconds);
  if (size < MINUTE_S) return { value: seconds, unit: 'second' };
  if (size < HOUR_S) return { value: seconds / MINUTE_S, unit: 'minute' };
  if (size < DAY_S) return { value: seconds / HOUR_S, unit: 'hour' };
  if (size < YEAR_S) return { value: seconds / DAY_S, unit: 'day' };
  return { value: seconds / YEAR_S, unit: 'year' };
}

function byteUnit(count: number): InUnit {
  if (count < 1e3) return { value: Math.round(count), unit: 'byte' };
  if (count < 1e6) return { value: count / 1e3, unit: 'kilobyte' };
  if (count < 1e9) return { value: count / 1e6, unit: 'megabyte' };
  return { value: count / 1e9, unit: 'gigabyte' };
}

function roundTo(value: number, digits: number): number {
  const factor = 10 ** digits;
  return Math.round(value * factor) / factor;
}

function memo<A, B>(make: (argument: A) => { format(value: number): B }) {
  const made = new Map<A, { format(value: number): B }>();
  return (argument: A) => {
    const known = made.get(argument) ?? make(argument);
    made.set(argument, known);
    return known;
  };
}
