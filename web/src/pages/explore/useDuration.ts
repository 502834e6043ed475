// How a picture writes durations at its axis and of its ranges: in the unit of the axis.
import { useCallback } from 'react';
import type { DurationBin } from '../../api/throughput';
import { type Formats, useFormats } from '../../format';
import { durationTicks, type TimeUnit } from '../../pictures/chart/ticks';

const LENGTH_S = { second: 1, minute: 60, hour: 3600, day: 86_400, year: 31_557_600 };

export function tickOf(format: Formats, seconds: number, unit: TimeUnit): string {
  return format.inUnit(seconds / LENGTH_S[unit], unit);
}

/** What a picture of durations writes at its axes and edges. */
export function axisWords(format: Formats) {
  return {
    duration: format.duration,
    tick: (seconds: number, unit: TimeUnit) => tickOf(format, seconds, unit),
    count: (value: number) => format.number(value, 0),
  };
}

/** Writes durations in the unit of the axis, 54.5 days; what is shorter than one, in its own. */
export function useDuration(histogram: DurationBin[]): (seconds: number) => string {
  const format = useFormats();
  const { unit } = durationTicks(histogram[histogram.length - 1]?.to_s ?? 0, 1);
  return useCallback(
    (seconds) => {
      const isShort = seconds > 0 && seconds < LENGTH_S[unit];
      return isShort ? format.duration(seconds) : tickOf(format, seconds, unit);
    },
    [format, unit],
  );
}
