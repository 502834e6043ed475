// How far the clocks of a time zone are from UTC at an instant.

const DAY_MS = 86_400_000;

/** Local time minus UTC, in milliseconds. */
export type Offset = (instant_ms: number) => number;

/** Offsets of a zone: looked up once a day where the clocks do not change on it. */
export function offsetsOf(timeZone: string): Offset {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });
  const exact = (instant: number) => {
    const parts = new Map(format.formatToParts(instant).map(({ type, value }) => [type, +value]));
    const part = (type: Intl.DateTimeFormatPartTypes) => parts.get(type) ?? 0;
    const local = Date.UTC(
      part('year'),
      part('month') - 1,
      part('day'),
      part('hour'),
      part('minute'),
      part('second'),
    );
    return local - Math.floor(instant / 1000) * 1000;
  };
  const days = new Map<number, number | null>();
  return (instant) => {
    const day = Math.floor(instant / DAY_MS);
    let offset = days.get(day);
    if (offset === undefined) {
      const start = exact(day * DAY_MS);
      offset = start === exact((day + 1) * DAY_MS) ? start : null;
      days.set(day, offset);
    }
    return offset ?? exact(instant);
  };
}
