// A log of many activities and paths that is the same every time.

const ACTIVITIES = 60;
const CASES = 600;

/** Numbers from 0 on that look like chance (Park and Miller's generator). */
function chances(seed) {
  let state = seed;
  return (below) => {
    state = (state * 48_271) % 2_147_483_647;
    return state % below;
  };
}

/** 60 activities and more than 400 paths: a road with shortcuts, loops back and sideways. */
export function largeLog() {
  const chance = chances(20_261_122);
  const rows = ['case,activity,time'];
  const name = (idx) => `Step ${String(idx + 1).padStart(2, '0')}`;
  for (let id = 0; id < CASES; id += 1) {
    let time = Date.UTC(2026, 0, 1) + id * 3_600_000;
    let at = 0;
    while (at < ACTIVITIES) {
      rows.push(`C-${id},${name(at)},${new Date(time).toISOString()}`);
      time += (1 + chance(72)) * 3_600_000;
      const way = chance(100);
      const by = way < 78 ? 1 : way < 92 ? 2 + chance(6) : way < 97 ? -(1 + chance(4)) : 0;
      at = Math.max(0, at + by);
    }
  }
  const buffer = Buffer.from(`${rows.join('\n')}\n`);
  return { name: 'large.csv', mimeType: 'text/csv', buffer };
}
