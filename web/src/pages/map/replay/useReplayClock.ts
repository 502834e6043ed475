// The clock of the replay on this page: set by the address, stopped while nobody looks.
import { useReducedMotion } from '@mantine/hooks';
import { useEffect, useRef, useState } from 'react';
import { type Clock, makeClock } from '../../../pictures/replay/clock';
import { lengthOf, type Records } from '../../../pictures/replay/records';
import type { ReplaySearch } from './search';
import type { ChangeReplay } from './useReplaySearch';

/** At speed 1 the whole takes so long. */
const WHOLE_S = 60;
/** So often what is written follows the clock. */
const WRITTEN_MS = 100;

export interface ReplayClock {
  clock: Clock;
  isPlaying: boolean;
  /** Steps instead of motion. */
  isStill: boolean;
  length_s: number;
  /** Seconds of the log in one second. */
  rate: number;
  toggle: () => void;
  seek: (time_s: number) => void;
}

export function useReplayClock(
  records: Records,
  replay: ReplaySearch,
  change: ChangeReplay,
): ReplayClock {
  const [clock] = useState(() => makeClock());
  const isStill = useReducedMotion(undefined, { getInitialValueInEffect: false });
  const isPlaying = useIsPlaying(clock);
  const isTogether = replay.together ?? false;
  const length_s = lengthOf(records, isTogether);
  const rate = (length_s / WHOLE_S) * (replay.speed ?? 1);
  const { origin_ms } = records;
  const written = useRef<ReplaySearch['at']>(undefined);
  useEffect(() => clock.set(rate, length_s), [clock, rate, length_s]);

  // Other cases may begin earlier or later: the instant stays.
  const origin = useRef(origin_ms);
  useEffect(() => {
    if (origin.current === origin_ms) return;
    if (!isTogether) clock.seek(clock.time() + (origin.current - origin_ms) / 1000);
    origin.current = origin_ms;
  }, [clock, isTogether, origin_ms]);

  // The address leads, unless it says what the clock has just said.
  useEffect(() => {
    if (replay.at === written.current) return;
    written.current = replay.at;
    clock.seek(timeOf(replay.at, origin_ms) ?? 0);
  }, [clock, replay.at, origin_ms]);

  const isWanted = useRef(replay.play ?? false);
  useEffect(() => {
    if (replay.play) change({ play: undefined }, { isStep: false });
    if (isWanted.current && !isStill) clock.play();
    isWanted.current = false;
  }, [clock, change, isStill, replay.play]);
  useEffect(() => {
    if (isStill) clock.pause();
  }, [clock, isStill]);
  useEffect(() => () => clock.pause(), [clock]);
  usePauseWhileHidden(clock);

  const note = useRef(() => {});
  note.current = () => {
    const at = atOf(clock.time(), isTogether, origin_ms);
    written.current = at;
    change({ at }, { isStep: false });
  };
  // What stands still is written into the address; the end is reached without anybody's doing.
  const wasPlaying = useRef(false);
  useEffect(() => {
    if (wasPlaying.current && !isPlaying) note.current();
    wasPlaying.current = isPlaying;
  }, [isPlaying]);
  const soon = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(soon.current), []);
  return {
    clock,
    isPlaying,
    isStill,
    length_s,
    rate,
    toggle: () => (clock.isPlaying() ? clock.pause() : clock.play()),
    seek: (time_s) => {
      clock.seek(time_s);
      clearTimeout(soon.current);
      if (!clock.isPlaying()) soon.current = setTimeout(() => note.current(), 250);
    },
  };
}

/** The time as it is written and read: it follows the clock in small steps. */
export function useTime(clock: Clock, every_ms = WRITTEN_MS): number {
  const [time, setTime] = useState(() => clock.time());
  useEffect(() => {
    let last = Number.NEGATIVE_INFINITY;
    const show = () => {
      const now = performance.now();
      if (clock.isPlaying() && now - last < every_ms) return;
      last = now;
      setTime(clock.time());
    };
    show();
    return clock.watch(show);
  }, [clock, every_ms]);
  return time;
}

function useIsPlaying(clock: Clock): boolean {
  const [isPlaying, setIsPlaying] = useState(() => clock.isPlaying());
  useEffect(() => clock.watch(() => setIsPlaying(clock.isPlaying())), [clock]);
  return isPlaying;
}

/** A page that nobody sees stands still, and goes on where it was. */
function usePauseWhileHidden(clock: Clock): void {
  useEffect(() => {
    let wasPlaying = false;
    const look = () => {
      if (document.hidden) {
        wasPlaying = clock.isPlaying();
        clock.pause();
      } else if (wasPlaying) {
        wasPlaying = false;
        clock.play();
      }
    };
    document.addEventListener('visibilitychange', look);
    return () => document.removeEventListener('visibilitychange', look);
  }, [clock]);
}

function timeOf(at: ReplaySearch['at'], origin_ms: number): number | null {
  if (at === undefined) return null;
  return typeof at === 'number' ? at : (Date.parse(at) - origin_ms) / 1000;
}

function atOf(time_s: number, isTogether: boolean, origin_ms: number): ReplaySearch['at'] {
  if (time_s === 0) return undefined;
  if (isTogether) return Math.round(time_s * 1000) / 1000;
  return new Date(origin_ms + time_s * 1000).toISOString();
}
