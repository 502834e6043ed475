// Does anything jump while a page comes in? What somebody is about to click must stay where it is.

import assert from 'node:assert/strict';
import { story } from './product.mjs';
import { tour, visit } from './tour.mjs';
import { settled } from './window.mjs';

/** Below this a shift is hardly seen: a hundredth of the window, moved by its own height. */
const SEEN = 0.01;
/** The machine is made slower by this: what comes late is seen to come. */
const SLOWER = 4;

const WINDOWS = [
  { width: 1440, height: 900 },
  { width: 390, height: 800 },
];

for (const size of WINDOWS) {
  story(`nothing jumps while a page comes in (${size.width} wide)`, size, async (scene) => {
    const { program, page, window } = scene;
    const { log } = await program.demo({ deals: 200, name: 'Deals' });
    await page.addInitScript(() => {
      globalThis.paydirtShifts = [];
      new PerformanceObserver((list) => {
        for (const { value, sources } of list.getEntries()) {
          const moved = sources.map(({ node }) => node?.className ?? node?.nodeName);
          globalThis.paydirtShifts.push({ value, moved });
        }
      }).observe({ type: 'layout-shift', buffered: true });
    });
    const session = await page.context().newCDPSession(page);
    await session.send('Emulation.setCPUThrottlingRate', { rate: SLOWER });
    const jumps = [];
    for (const one of tour(log)) {
      if (one.name === 'missing') window.provokes('404');
      await visit(page, one);
      await settled(page);
      const shifts = await page.evaluate(() => globalThis.paydirtShifts);
      const sum = shifts.reduce((total, { value }) => total + value, 0);
      if (sum > SEEN) jumps.push(`${one.name}: ${sum.toFixed(3)} ${JSON.stringify(shifts)}`);
    }
    assert.deepEqual(jumps, []);
  });
}
