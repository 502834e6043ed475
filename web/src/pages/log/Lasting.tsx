// A duration in a narrow cell, in one unit; in two, and how precisely it is known, where one points.
import type { Formats } from '../../format';
import { useText } from '../../text/useText';

interface LastingProps {
  seconds: number;
  /** Whether it is whole days, as one of its ends is known to the day only. */
  isToDay: boolean;
  format: Formats;
}

export function Lasting({ seconds, isToDay, format }: LastingProps) {
  const text = useText();
  const short = format.durationShort(seconds);
  const duration = format.duration(seconds);
  if (!isToDay) return <span title={duration}>{short}</span>;
  const said = text('precision.duration', { duration });
  return (
    <span title={said}>
      <span aria-hidden>≈ {short}</span>
      <span className="only-read-aloud">{said}</span>
    </span>
  );
}
