import { describe, expect, test } from 'vitest';
import { formats } from './format';
import type { Language } from './settings';

/** Spaces of any width count as one: they differ between versions of the language data. */
function plain(text: string): string {
  return text.replace(/[\u202f\u00a0\u2009]/g, ' ');
}

const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

type Expected = Record<Language, string>;
const LANGUAGES: Language[] = ['en', 'fr', 'ja'];

function check(what: string, ask: (f: ReturnType<typeof formats>) => string, expected: Expected) {
  test.each(LANGUAGES)(`${what} in %s`, (language) => {
    expect(plain(ask(formats(language, 'Europe/Paris')))).toBe(expected[language]);
  });
}

describe('numbers', () => {
  check('grouped', (f) => f.number(1234567.84), {
    en: '1,234,567.8',
    fr: '1 234 567,8',
    ja: '1,234,567.8',
  });
  check('compact', (f) => f.compact(12_345_678), { en: '12.3m', fr: '12,3 M', ja: '1,234.6万' });
  check('compact, few digits', (f) => f.compact(144_123_456), {
    en: '144.1m',
    fr: '144,1 M',
    ja: '1.44億',
  });
  check('compact, one digit', (f) => f.compact(1_000), { en: '1k', fr: '1 k', ja: '1,000' });
  check('of any size', (f) => [0.08754, -2.345, 440.06, 12_345].map(f.figure).join(' / '), {
    en: '0.0875 / -2.35 / 440.1 / 12.3k',
    fr: '0,0875 / -2,35 / 440,1 / 12,3 k',
    ja: '0.0875 / -2.35 / 440.1 / 1.23万',
  });
  check('per cent', (f) => f.percent(0.8654), { en: '86.5%', fr: '86,5 %', ja: '86.5%' });
  check('hardly any', (f) => f.percent(0.0004), { en: '<0.1%', fr: '< 0,1 %', ja: '<0.1%' });
  check('nearly all', (f) => f.percent(0.9996), { en: '>99.9%', fr: '> 99,9 %', ja: '>99.9%' });
  check('none', (f) => f.percent(0), { en: '0%', fr: '0 %', ja: '0%' });
  check('bytes', (f) => f.bytes(1_440_000), { en: '1.4 MB', fr: '1,4 Mo', ja: '1.4 MB' });
  check('rate', (f) => f.rate(2_500_000), { en: '2.5 MB/s', fr: '2,5 Mo/s', ja: '2.5 MB/秒' });
});

describe('money', () => {
  check('in euros', (f) => f.money(1234567, 'EUR'), {
    en: '€1,234,567',
    fr: '1 234 567 €',
    ja: '€1,234,567',
  });
  check('in yen', (f) => f.money(1234567, 'JPY'), {
    en: 'JP¥1,234,567',
    fr: '1 234 567 JPY',
    ja: '￥1,234,567',
  });
  check('compact euros', (f) => f.moneyCompact(30_240, 'EUR'), {
    en: '€30.2k',
    fr: '30,2 k €',
    ja: '€3.02万',
  });
  check('compact yen', (f) => f.moneyCompact(1_200_000_000, 'JPY'), {
    en: 'JP¥1.2bn',
    fr: '1,2 Md JPY',
    ja: '￥12億',
  });
  check('compact pounds', (f) => f.moneyCompact(29_884_000, 'GBP'), {
    en: '£29.9m',
    fr: '29,9 M £GB',
    ja: '£2,988.4万',
  });
  check('compact euros that are near', (f) => f.moneyCompact(1_436_000, 'EUR'), {
    en: '€1.44m',
    fr: '1,44 M €',
    ja: '€143.6万',
  });
});

test('French has one kind of space, which does not break', () => {
  const f = formats('fr', 'Europe/Paris');
  const told = [
    f.number(1234567.8),
    f.percent(0.125),
    f.money(1234567, 'EUR'),
    f.moneyCompact(12_345_678, 'EUR'),
    f.compact(12_345_678),
    f.durationShort(5.5 * DAY),
  ];
  expect(told).toEqual([
    '1\u202f234\u202f567,8',
    '12,5\u202f%',
    '1\u202f234\u202f567\u202f€',
    '12,3\u202fM\u202f€',
    '12,3\u202fM',
    '5,5\u202fj',
  ]);
});

describe('dates', () => {
  const moment = '2026-03-03T13:04:00Z';
  check('date', (f) => f.date(moment), {
    en: '3 Mar 2026',
    fr: '3 mars 2026',
    ja: '2026年3月3日',
  });
  check('date and time', (f) => f.dateTime(moment), {
    en: '3 Mar 2026, 14:04',
    fr: '3 mars 2026, 14:04',
    ja: '2026年3月3日 14:04',
  });
  check('period', (f) => f.period('2025-10-01T12:00:00Z', '2026-10-01T12:00:00Z'), {
    en: '1 Oct 2025 – 1 Oct 2026',
    fr: '1 oct. 2025 – 1 oct. 2026',
    ja: '2025年10月1日～2026年10月1日',
  });
  check('ago', (f) => f.ago('2026-03-03T11:04:00Z', moment), {
    en: '2 hours ago',
    fr: 'il y a 2 heures',
    ja: '2時間前',
  });
});

describe('one unit, for the map', () => {
  check('days', (f) => f.durationShort(5.5 * DAY), {
    en: '5.5 days',
    fr: '5,5 j',
    ja: '5.5日',
  });
  check('weeks as days', (f) => f.durationShort(47 * DAY), {
    en: '47 days',
    fr: '47 j',
    ja: '47日',
  });
  check('what rounds up takes the next unit', (f) => f.durationShort(59.97), {
    en: '1 min',
    fr: '1 min',
    ja: '1分',
  });
  check('years', (f) => f.durationShort(1_200 * DAY), {
    en: '3.3 yrs',
    fr: '3,3 ans',
    ja: '3.3年',
  });
  check('nothing', (f) => f.durationShort(0), { en: '0 secs', fr: '0 s', ja: '0秒' });
  check('negative', (f) => f.durationShort(-2 * HOUR), { en: '-2 hrs', fr: '-2 h', ja: '-2時間' });

  test('never has more than three digits', () => {
    const f = formats('en');
    for (let seconds = 1; seconds < 4e9; seconds *= 1.37) {
      expect(f.durationShort(seconds).replace(/\D/g, '').length).toBeLessThanOrEqual(3);
    }
  });
});

test('one unit or two, years begin at the same length', () => {
  const f = formats('en');
  expect(plain(f.duration(900 * DAY))).toBe('900 days');
  expect(plain(f.durationShort(900 * DAY))).toBe('900 days');
  expect(plain(f.duration(1_200 * DAY))).toBe('3 yrs, 104 days');
});

describe('two units, elsewhere', () => {
  check('days and hours', (f) => f.duration(2 * DAY + 5 * HOUR), {
    en: '2 days, 5 hrs',
    fr: '2 j 5 h',
    ja: '2日5時間',
  });
  check('hours that round up to a day', (f) => f.duration(DAY + 23.9 * HOUR), {
    en: '2 days',
    fr: '2 j',
    ja: '2日',
  });
  check('seconds alone', (f) => f.duration(12.34), {
    en: '12.3 secs',
    fr: '12,3 s',
    ja: '12.3秒',
  });
});
