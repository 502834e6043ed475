// The two readings of a date whose day and month look alike.

interface DateReading {
  /** What the server is told. */
  format: string;
  order: 'dayFirst' | 'monthFirst';
  /** The day it means, at noon, so that no time zone moves it. */
  means: Date;
}

const DAY_AND_MONTH = /^\D*(\d{1,2})([./\- ])(\d{1,2})\2(\d{4}|\d{2})/;
const THIS_CENTURY = 2000;

/** Empty when the value is no date of that kind. */
export function dateReadings(value: string): DateReading[] {
  const found = DAY_AND_MONTH.exec(value);
  if (!found) return [];
  const [, first = '', separator = '', second = '', year = ''] = found;
  const yearCode = year.length === 4 ? '%Y' : '%y';
  const fullYear = year.length === 4 ? Number(year) : THIS_CENTURY + Number(year);
  const readings: DateReading[] = [
    {
      format: `%d${separator}%m${separator}${yearCode}`,
      order: 'dayFirst',
      means: noon(fullYear, Number(second), Number(first)),
    },
    {
      format: `%m${separator}%d${separator}${yearCode}`,
      order: 'monthFirst',
      means: noon(fullYear, Number(first), Number(second)),
    },
  ];
  return readings.filter((reading) => !Number.isNaN(reading.means.getTime()));
}

/** Both readings, with a value that shows the difference where there is one. */
export function dateChoice(samples: string[]): { sample?: string; readings: DateReading[] } {
  const both = samples.filter((value) => dateReadings(value).length === 2);
  const sample = both.find((value) => {
    const [first, second] = dateReadings(value);
    return first?.means.getTime() !== second?.means.getTime();
  });
  if (sample !== undefined) return { sample, readings: dateReadings(sample) };
  return { readings: both[0] === undefined ? [] : dateReadings(both[0]) };
}

/** Not a date when the month is no month. */
function noon(year: number, month: number, day: number): Date {
  if (month < 1 || 12 < month) return new Date(Number.NaN);
  return new Date(year, month - 1, day, 12);
}
