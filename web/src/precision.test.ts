import { expect, test } from 'vitest';
import { formats } from './format';
import { isToDay, toldTime, writtenTime } from './precision';

/** The last instant of 2 March in Los Angeles; in UTC it is 3 March, 08:00. */
const LATE = '2026-03-03T07:59:59.999999Z';
const ZONE = 'America/Los_Angeles';

test('a time that is known to the day is told as a date of the zone, in three languages', () => {
  const told = (language: 'en' | 'fr' | 'ja') => toldTime(LATE, 'day', formats(language, ZONE));
  expect(told('en')).toBe('2 Mar 2026');
  expect(told('fr')).toBe('2 mars 2026');
  expect(told('ja')).toBe('2026年3月2日');
  expect(toldTime(LATE, undefined, formats('en', ZONE))).toBe('2 Mar 2026, 23:59');
  expect(toldTime(LATE, 'minute', formats('en', ZONE))).toBe('2 Mar 2026, 23:59');
});

test('a file has the date only, of any year', () => {
  expect(writtenTime(LATE, 'day', ZONE)).toBe('2026-03-02');
  expect(writtenTime(LATE, 'day', 'UTC')).toBe('2026-03-03');
  expect(writtenTime(LATE, 'instant', ZONE)).toBe(LATE);
  expect(writtenTime('0987-03-03T12:00:00Z', 'day', 'UTC')).toBe('0987-03-03');
});

test('one end that is known to the day makes whole days', () => {
  expect(isToDay('instant', 'day')).toBe(true);
  expect(isToDay('minute', undefined)).toBe(false);
});
