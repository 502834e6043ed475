// What the address of the map says about its replay, under its one word.
import { atLeastZero, name, on, oneOf, type Raw } from '../../explore/search';

export const SPEEDS = [0.1, 0.2, 0.5, 1, 2, 5, 10] as const;
type Speed = (typeof SPEEDS)[number];

export interface ReplaySearch {
  /** An instant, or, where all cases start together, seconds since their start. */
  at?: string | number | undefined;
  /** 1 when absent: the whole in a minute. */
  speed?: Speed | undefined;
  /** All cases start at once. */
  together?: true | undefined;
  tails?: true | undefined;
  /** The attribute that tells cases apart by colour. */
  colour?: string | undefined;
  /** Begins to play, once: it was opened by hand, and not by a link. */
  play?: true | undefined;
}

/** Makes sense of what stands there, and says which words of it make none. */
export function readReplay(raw: Raw): { replay: ReplaySearch; ignored: string[] } {
  const together = on(raw.together);
  const found: ReplaySearch = {
    at: together ? atLeastZero(raw.at) : instant(raw.at),
    speed: oneOf(raw.speed as Speed, SPEEDS),
    together,
    tails: on(raw.tails),
    colour: name(raw.colour),
    play: on(raw.play),
  };
  const known = new Map<string, unknown>(Object.entries(found));
  const ignored = Object.keys(raw).filter(
    (word) => raw[word] !== undefined && known.get(word) === undefined,
  );
  return { replay: said(found), ignored };
}

/** Without the words that say nothing. */
export function said(replay: ReplaySearch): ReplaySearch {
  const words = Object.entries(replay).filter(([, value]) => value !== undefined);
  return Object.fromEntries(words);
}

function instant(value: unknown): string | undefined {
  return typeof value === 'string' && Number.isFinite(Date.parse(value)) ? value : undefined;
}
