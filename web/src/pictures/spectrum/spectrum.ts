// Where everything of a performance spectrum stands: lines between two axes, and bars beside them.
import type { SpectrumAnswer } from '../../api/drawer';
import { type Scale, scale } from '../chart/range';

export const CLASS_COUNT = 4;
/** The bars of what starts, above the lines, and of what ends, below them. */
const BAR_SHARE = 0.17;
const LABEL_ROOM = 18;
const GAP = 4;
/** A line under the pointer is at most this far from it. */
const REACH = 8;

type Line = SpectrumAnswer['lines'][number];

export interface PlacedLine {
  case: string;
  /** Where it starts on the upper axis, and where it ends on the lower one. */
  x1: number;
  x2: number;
  /** Shortest first, from 0. */
  class: number;
  start_ms: number;
  end_ms: number;
  /** In whole days where one of the two is known to the day only. */
  duration_s: number;
}

interface PlacedBar {
  class: number;
  x: number;
  y: number;
  width: number;
  height: number;
}

interface Placed {
  /** Times of the two axes, in milliseconds. */
  domain: [number, number];
  x: Scale;
  upper: number;
  lower: number;
  /** Where the words stand. */
  baseline: number;
  lines: PlacedLine[];
  bars: PlacedBar[];
  /** The most that starts or ends in one period: the height of the bars. */
  most: number;
}

export function placeSpectrum(answer: SpectrumAnswer, width: number, height: number): Placed {
  const origin = answer.origin ? Date.parse(answer.origin) : 0;
  const at = (seconds: number) => origin + seconds * 1000;
  const starts = answer.bins.map((bin) => (bin.start ? Date.parse(bin.start) : origin));
  const times = answer.lines.flatMap((line) => [at(line.start_s), at(line.end_s)]);
  // Bins and lines come by start.
  const first = Math.min(starts[0] ?? times[0] ?? origin, times[0] ?? starts[0] ?? origin);
  const last = times.reduce((most, time) => Math.max(most, time), starts.at(-1) ?? first);
  const edge = starts.length > 1 ? nextEdge(starts) : last;
  const domain: [number, number] = [first, Math.max(last, edge, first + 1)];
  const x = scale(domain, [0, width]);
  const inner = height - LABEL_ROOM;
  const barHeight = inner * BAR_SHARE;
  const [upper, lower] = [barHeight + GAP, inner - barHeight - GAP];
  const sum = (counts: number[]) => counts.reduce((total, one) => total + one, 0);
  const most = Math.max(1, ...answer.bins.flatMap((bin) => [sum(bin.starting), sum(bin.ending)]));
  const bars: PlacedBar[] = [];
  for (const [idx, bin] of answer.bins.entries()) {
    const left = x(starts[idx] ?? first);
    const right = x(starts[idx + 1] ?? domain[1]);
    const place = { x: left, width: Math.max(0.5, right - left - (right - left > 3 ? 1 : 0)) };
    bars.push(...stacked(bin.starting, most, barHeight, (y, tall) => barHeight - y - tall, place));
    bars.push(...stacked(bin.ending, most, barHeight, (y) => inner - barHeight + y, place));
  }
  const lines = answer.lines.map((line: Line): PlacedLine => {
    const [start_ms, end_ms] = [at(line.start_s), at(line.end_s)];
    return {
      case: line.case,
      x1: x(start_ms),
      x2: x(end_ms),
      class: line.class - 1,
      start_ms,
      end_ms,
      duration_s: line.duration_s ?? line.end_s - line.start_s,
    };
  });
  return { domain, x, upper, lower, baseline: height - 4, lines, bars, most };
}

/** The end of the last period, as long as the one before. */
function nextEdge(starts: number[]): number {
  const [before = 0, last = 0] = starts.slice(-2);
  return last + (last - before);
}

function stacked(
  counts: number[],
  most: number,
  room: number,
  top: (below: number, tall: number) => number,
  place: { x: number; width: number },
): PlacedBar[] {
  const bars: PlacedBar[] = [];
  let below = 0;
  for (const [idx, count] of counts.entries()) {
    const tall = (count / most) * room;
    if (count > 0) bars.push({ class: idx, ...place, y: top(below, tall), height: tall });
    below += tall;
  }
  return bars;
}

/** The lines of a class as a few paths, each line in one of them: thousands are few elements. */
export function pathsOfClass({ lines, upper, lower }: Placed, wanted: number, layers = 1) {
  const at = (value: number) => value.toFixed(1);
  const paths = Array.from({ length: layers }, () => '');
  for (const [idx, line] of lines.filter((one) => one.class === wanted).entries()) {
    paths[idx % layers] += `M${at(line.x1)} ${at(upper)}L${at(line.x2)} ${at(lower)}`;
  }
  return paths.filter((path) => path !== '');
}

interface Ink {
  /** Lines of one path do not darken each other; those of several do. */
  layers: number;
  opacity: number;
  strokeWidth: number;
}

const LAYERS_MAX = 16;
/** So many lines lie in a layer before there is a further one. */
const LAYER_LINES = 60;
/** What all layers above one another leave of the ground. */
const GROUND = 0.04;
const OPACITY_MAX = 0.9;
const WIDTH_LEAST = 0.5;

/** How lines are drawn so that many beside each other still show where they are many. */
export function inkOf(count: number, width: number): Ink {
  const layers = Math.min(LAYERS_MAX, Math.max(1, Math.ceil(count / LAYER_LINES)));
  const opacity = Math.min(OPACITY_MAX, 1 - GROUND ** (1 / layers));
  return { layers, opacity, strokeWidth: Math.min(1, Math.max(WIDTH_LEAST, width / count)) };
}

/** The line nearest to a point, where one is near. */
export function lineAt({ lines, upper, lower }: Placed, x: number, y: number): PlacedLine | null {
  if (y < upper || lower < y) return null;
  const share = (y - upper) / (lower - upper);
  let [found, least]: [PlacedLine | null, number] = [null, REACH];
  for (const line of lines) {
    const away = Math.abs(line.x1 + (line.x2 - line.x1) * share - x);
    if (away < least) [found, least] = [line, away];
  }
  return found;
}
