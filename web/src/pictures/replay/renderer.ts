// What draws tokens: a graphics card where there is one, else a plain canvas.
import type { Place, Size } from '../process-map/place';
import type { Ways } from './ways';

export type RendererKind = 'webgl' | 'canvas';

/** One picture of the replay. */
export interface Frame {
  time_s: number;
  isTogether: boolean;
  /** For how long a token leaves a tail, in seconds of the log; none at 0. */
  tail_s: number;
  place: Place;
  stage: Size;
  /** Points of the canvas for each point of the screen. */
  density: number;
  /** The colour of each value, as `#rrggbb`, and of the rim around every token. */
  colours: string[];
  rim: string;
}

export interface Renderer {
  kind: RendererKind;
  setWays: (ways: Ways) => void;
  /** How many tokens are left out because there are too many. */
  draw: (frame: Frame) => number;
  free: () => void;
}

/** The parts of a tail, the token itself among them. */
export const TAIL_PARTS = 8;

/** Smaller than this its colour is not told from others. */
const TOKEN_SIZE_MIN = 4;

/** How large a token is on the screen: a little larger when the map is near. */
export function tokenSize({ k }: Place): number {
  return Math.max(TOKEN_SIZE_MIN, Math.min(7, 4.5 * k));
}

/** The size and the strength of a part of a tail; the token itself is part 0. */
export function tailPart(part: number): { size: number; strength: number } {
  const share = 1 - part / TAIL_PARTS;
  return { size: 0.35 + 0.65 * share, strength: part === 0 ? 1 : 0.55 * share };
}

export function rgbOf(colour: string): [number, number, number] {
  const digits = /^#([0-9a-f]{3}|[0-9a-f]{6})$/i.exec(colour)?.[1] ?? '808080';
  const long = digits.length === 3 ? [...digits].map((digit) => digit + digit).join('') : digits;
  const part = (at: number) => Number.parseInt(long.slice(at, at + 2), 16) / 255;
  return [part(0), part(2), part(4)];
}
