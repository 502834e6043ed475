// Tokens on a plain canvas: squares of those that are under way, found through the index of time.
import type { Place } from '../process-map/place';
import { type Buckets, bucketsOf, recordsAt } from './buckets';
import { ARRIVES, COLOUR, LANE, LEAVES, lengthOf, NUMBERS, type Records } from './records';
import { type Frame, type Renderer, TAIL_PARTS, tailPart, tokenSize } from './renderer';
import type { Ways } from './ways';
import { instantOf, type Spot, sinceStart, spotAt } from './where';

/** More than this a processor draws too slowly. */
export const TOKENS_MAX = 5_000;
const RIM = 0.75;
const RIM_STRENGTH = 0.6;

export function canvasRenderer(canvas: HTMLCanvasElement, records: Records): Renderer | null {
  const brush = canvas.getContext('2d');
  if (!brush) return null;
  const paint = painter(records);
  let ways: Ways | null = null;
  return {
    kind: 'canvas',
    setWays: (next) => {
      ways = next;
    },
    draw: (frame) => {
      const { stage, density } = frame;
      const [width, height] = [stage.width * density, stage.height * density].map(Math.round);
      if (canvas.width !== width) canvas.width = width ?? 0;
      if (canvas.height !== height) canvas.height = height ?? 0;
      brush.setTransform(1, 0, 0, 1, 0, 0);
      brush.clearRect(0, 0, canvas.width, canvas.height);
      brush.scale(density, density);
      return ways ? paint(brush, ways, frame) : 0;
    },
    free: () => undefined,
  };
}

type Paint = (
  brush: CanvasRenderingContext2D,
  ways: Ways,
  frame: Omit<Frame, 'stage' | 'density'>,
) => number;

/** What puts the tokens of a frame onto a canvas; says how many it leaves out. */
export function painter(records: Records): Paint {
  const index: Record<'together' | 'apart', Buckets | null> = { together: null, apart: null };
  const spot: Spot = { x: 0, y: 0, strength: 0 };
  return (brush, ways, frame) => {
    const { time_s, isTogether, tail_s, place, colours } = frame;
    const mode = isTogether ? 'together' : 'apart';
    index[mode] ??= bucketsOf(records, lengthOf(records, isTogether), isTogether);
    const instant = instantOf(time_s, isTogether);
    const there = recordsAt(index[mode], time_s).filter((idx) => {
      const now = sinceStart(records, idx, instant);
      const at = idx * NUMBERS;
      return (records.data[at + LEAVES] ?? 0) <= now && now < (records.data[at + ARRIVES] ?? 0);
    });
    const drawn = thinned(records, there, TOKENS_MAX);
    const brushes = { brush, place, colours, rim: frame.rim, size: tokenSize(place) };
    for (let part = tail_s > 0 ? TAIL_PARTS - 1 : 0; part >= 0; part -= 1) {
      const ago_s = (tail_s * part) / TAIL_PARTS;
      for (const idx of drawn) {
        if (!spotAt(records, ways, idx, instant, ago_s, spot)) continue;
        square(brushes, spot, part, records.data[idx * NUMBERS + COLOUR] ?? 0);
      }
    }
    brush.globalAlpha = 1;
    return there.length - drawn.length;
  };
}

interface Brushes {
  brush: CanvasRenderingContext2D;
  place: Place;
  colours: string[];
  rim: string;
  size: number;
}

/** In the order of the cases: no colour lies above all others. */
function square(brushes: Brushes, spot: Spot, part: number, colour: number): void {
  const { brush, place, colours, rim, size: full } = brushes;
  const { size, strength } = tailPart(part);
  const [x, y, half] = [spot.x * place.k + place.x, spot.y * place.k + place.y, (full * size) / 2];
  if (part === 0) {
    brush.fillStyle = rim;
    brush.globalAlpha = RIM_STRENGTH * spot.strength;
    brush.fillRect(x - half - RIM, y - half - RIM, 2 * (half + RIM), 2 * (half + RIM));
  }
  brush.fillStyle = colours[colour] ?? rim;
  brush.globalAlpha = strength * spot.strength;
  brush.fillRect(x - half, y - half, 2 * half, 2 * half);
}

/** What is tried next, where it happens that a share has too many. */
const LESS = 0.97;

/** At most so many, by their cases: what is drawn of more is also drawn of fewer. */
export function thinned(records: Records, there: Uint32Array, most: number): Uint32Array {
  let kept = there;
  for (let share = most / there.length; kept.length > most; share *= LESS) {
    kept = there.filter((idx) => {
      const lane = (records.data[idx * NUMBERS + LANE] ?? 0) / 2 + 0.5;
      // Lanes that are drawn are not only those on one side.
      return (lane * 4096) % 1 < share;
    });
  }
  return kept;
}
