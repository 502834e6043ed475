// When is a graphics card too slow? When 30 frames take longer than a second.

const FRAMES = 30;
const PATIENCE_MS = 1_000;

/** Told the time of each frame, or `null` when there are none; says whether they come too slowly. */
export function slownessOf(): (now_ms: number | null) => boolean {
  let times: number[] = [];
  return (now) => {
    if (now === null) {
      times = [];
      return false;
    }
    times.push(now);
    if (times.length <= FRAMES) return false;
    const first = times.shift() ?? now;
    return now - first > PATIENCE_MS;
  };
}
