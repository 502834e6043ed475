// The clock of a replay: it runs at a rate, stops at the end, and asks for frames only while it runs.

export interface Clock {
  /** Seconds of the log since the start of the replay. */
  time: () => number;
  isPlaying: () => boolean;
  play: () => void;
  pause: () => void;
  seek: (time_s: number) => void;
  /** Seconds of the log for each second before the screen, and how long all of it takes. */
  set: (rate: number, length_s: number) => void;
  /** Calls back whenever something changes, until the returned function is called. */
  watch: (watcher: () => void) => () => void;
}

/** What asks for the next frame, and what takes that back. */
interface Frames {
  ask: (frame: (now_ms: number) => void) => number;
  cancel: (id: number) => void;
}

const BROWSER: Frames = {
  ask: (frame) => requestAnimationFrame(frame),
  cancel: (id) => cancelAnimationFrame(id),
};

/** After a longer pause of the browser the replay goes on where it was. */
const STEP_MAX_MS = 1_000;

export function makeClock(frames: Frames = BROWSER): Clock {
  const watchers = new Set<() => void>();
  let [now, rate, length] = [0, 1, 0];
  let frame: number | null = null;
  let last: number | null = null;
  const tell = () => {
    for (const watcher of watchers) watcher();
  };
  const stop = () => {
    if (frame !== null) frames.cancel(frame);
    frame = null;
    last = null;
  };
  const run = (at_ms: number) => {
    const passed = last === null ? 0 : Math.min(STEP_MAX_MS, Math.max(0, at_ms - last));
    last = at_ms;
    now = Math.min(length, now + (passed / 1000) * rate);
    frame = now < length ? frames.ask(run) : null;
    if (frame === null) stop();
    tell();
  };
  return {
    time: () => now,
    isPlaying: () => frame !== null,
    play: () => {
      if (frame !== null || length <= 0) return;
      if (now >= length) now = 0;
      frame = frames.ask(run);
      tell();
    },
    pause: () => {
      if (frame === null) return;
      stop();
      tell();
    },
    seek: (time_s) => {
      now = Math.max(0, Math.min(length, time_s));
      tell();
    },
    set: (wanted, length_s) => {
      if (wanted === rate && length_s === length) return;
      [rate, length] = [wanted, length_s];
      now = Math.min(now, length);
      tell();
    },
    watch: (watcher) => {
      watchers.add(watcher);
      return () => watchers.delete(watcher);
    },
  };
}
