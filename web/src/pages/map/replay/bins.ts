// The bars of the slider: open cases over the time of the log, or since the start of each.
import type { MovementsAnswer } from '../../../api/movements';
import { type Records, underWay } from '../../../pictures/replay/records';

interface OpenBin {
  /** Seconds since the start of the replay. */
  from_s: number;
  to_s: number;
  cases: number;
}

const TOGETHER_BINS = 120;

/** All cases by calendar, as the server counts them; since their start those that are drawn. */
export function binsOf(answer: MovementsAnswer, records: Records, isTogether: boolean): OpenBin[] {
  if (isTogether) {
    const width = records.longest_s / TOGETHER_BINS;
    return Array.from({ length: TOGETHER_BINS }, (_, idx) => ({
      from_s: idx * width,
      to_s: (idx + 1) * width,
      cases: underWay(records, idx * width, true),
    }));
  }
  const { in_progress } = answer;
  if (!in_progress?.from) return [];
  const first = (Date.parse(in_progress.from) - records.origin_ms) / 1000;
  return in_progress.cases.map((cases, idx) => ({
    from_s: first + idx * in_progress.width_s,
    to_s: first + (idx + 1) * in_progress.width_s,
    cases,
  }));
}

const WIDTH = 1000;
const HEIGHT = 100;

/** The bars as one shape in a field of 1,000 by 100. */
export function outlineOf(bins: OpenBin[], length_s: number): string {
  const most = Math.max(1, ...bins.map((bin) => bin.cases));
  const x = (time_s: number) => {
    const share = length_s > 0 ? time_s / length_s : 0;
    return Math.round(Math.max(0, Math.min(1, share)) * WIDTH * 10) / 10;
  };
  return bins
    .filter((bin) => bin.cases > 0 && x(bin.from_s) < x(bin.to_s))
    .map((bin) => {
      const top = Math.round((1 - bin.cases / most) * HEIGHT * 10) / 10;
      return `M${x(bin.from_s)},${HEIGHT}V${top}H${x(bin.to_s)}V${HEIGHT}Z`;
    })
    .join('');
}
