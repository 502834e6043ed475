// Can everything of the map be reached and read where there is little room for it?

import assert from 'node:assert/strict';
import { activity, openMap, slider } from './map.mjs';
import { story } from './product.mjs';
import { settled } from './window.mjs';

/** A window of 1,440 by 900 enlarged to twice its size, others enlarged further, and phones. */
const WINDOWS = [
  { width: 720, height: 450 },
  { width: 683, height: 384 },
  { width: 640, height: 360 },
  { width: 700, height: 600 },
  { width: 390, height: 600 },
  { width: 390, height: 844 },
];

story('what stands beside the map is reached in every window', {}, async (scene) => {
  const { program, page, text } = scene;
  const { log } = await program.demo({ deals: 100, name: 'Deals' });
  const panel = page.getByRole('complementary', { name: text('map.detail') });
  for (const size of WINDOWS) {
    await page.setViewportSize(size);
    await openMap(page, log);
    await settled(page);
    const at = JSON.stringify(size);
    const seen = await panel.boundingBox();
    assert.ok(seen.height >= 72, `${at}: the panel is ${seen.height} high`);
    assert.ok(seen.y + 72 <= size.height, `${at}: it is seen to be there`);
    const figures = page.getByRole('region', { name: text('map.figures') });
    for (const part of [slider(page, text, 'paths'), figures]) {
      await part.scrollIntoViewIfNeeded();
      const { x, y, width, height } = await part.boundingBox();
      const isOn = await panel.evaluate(
        (one, [across, down]) => one.contains(document.elementFromPoint(across, down)),
        [x + width / 2, y + height / 2],
      );
      assert.ok(isOn, `${at}: something lies on ${part}`);
    }
  }
});

story('where the panel has little room, what is selected comes first', {}, async (scene) => {
  const { program, page, text } = scene;
  const { log } = await program.demo({ deals: 100, name: 'Deals' });
  const panel = page.getByRole('complementary', { name: text('map.detail') });
  for (const size of WINDOWS) {
    await page.setViewportSize(size);
    await openMap(page, log);
    await activity(page, 'Lead Captured').click();
    const title = panel.getByRole('heading', { name: 'Lead Captured', exact: true });
    await title.waitFor();
    await settled(page);
    const at = JSON.stringify(size);
    const isSeen = await title.evaluate((one) => {
      const { left, top, height } = one.getBoundingClientRect();
      return one.contains(document.elementFromPoint(left + 4, top + height / 2));
    });
    assert.ok(isSeen, `${at}: the title is in sight`);
    const first = panel.getByRole('heading').first();
    assert.equal(await first.innerText(), 'Lead Captured', at);
  }
});
