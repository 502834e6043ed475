import { expect, test } from 'vitest';
import { dateChoice, dateReadings } from './dateFormats';

function days(value: string): string[] {
  return dateReadings(value).map(
    ({ format, means }) =>
      `${format} ${means.getFullYear()}-${means.getMonth() + 1}-${means.getDate()}`,
  );
}

test('a date that reads both ways has two readings', () => {
  expect(days('03/04/2024 09:00')).toEqual(['%d/%m/%Y 2024-4-3', '%m/%d/%Y 2024-3-4']);
  expect(days('3.4.24')).toEqual(['%d.%m.%y 2024-4-3', '%m.%d.%y 2024-3-4']);
});

test('a month above twelve leaves one reading', () => {
  expect(days('31-01-2024')).toEqual(['%d-%m-%Y 2024-1-31']);
});

test('what is no such date has none', () => {
  expect(days('2024-01-31')).toEqual([]);
  expect(days('yesterday')).toEqual([]);
});

test('the example tells the two readings apart, or there is none', () => {
  expect(dateChoice(['02/02/2024', '03/04/2024']).sample).toBe('03/04/2024');
  const alike = dateChoice(['02/02/2024']);
  expect(alike.sample).toBeUndefined();
  expect(alike.readings.map(({ format }) => format)).toEqual(['%d/%m/%Y', '%m/%d/%Y']);
  expect(dateChoice(['yesterday']).readings).toEqual([]);
});
