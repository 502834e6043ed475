// Does a link to the map show what it names, and say what it names in vain?

import assert from 'node:assert/strict';
import { activity, openMap } from './map.mjs';
import { story } from './product.mjs';
import { settled } from './window.mjs';

/** The ends of a path that lies below what is seen of the map at first. */
const LATE = ['Invoice Sent', 'Payment Received'];

story('a link to a path opens with the path in sight', {}, async ({ program, page }) => {
  const { log } = await program.demo({ deals: 500, name: 'Deals' });
  for (const size of [
    { width: 1440, height: 900 },
    { width: 1024, height: 700 },
    { width: 390, height: 800 },
  ]) {
    await page.setViewportSize(size);
    const [from, to] = LATE;
    await openMap(page, log, `?${new URLSearchParams({ from, to })}`);
    await settled(page);
    const stage = await page.locator('svg[role="group"]').first().boundingBox();
    for (const end of LATE) {
      const box = await activity(page, end).boundingBox();
      const isIn = stage.y <= box.y && box.y + box.height <= stage.y + stage.height;
      assert.ok(isIn, `${end} at ${size.width}: ${JSON.stringify({ stage, box })}`);
    }
  }
});

story('an activity that is not there is named, and dims nothing', {}, async (scene) => {
  const { program, page, text } = scene;
  const { log } = await program.demo({ deals: 100, name: 'Deals' });
  await openMap(page, log, '?activity=Nope');
  const said = text('map.selection.unknown', { activity: 'Nope' });
  await page.getByRole('status').filter({ hasText: said }).waitFor();
  await settled(page);
  assert.equal(await page.locator('[data-activity][data-tone="faint"]').count(), 0);
});

story('a log that does not exist leads to those that do', {}, async (scene) => {
  const { program, page, text, window } = scene;
  await program.demo({ deals: 20, name: 'Deals' });
  window.provokes('404');
  await page.goto('/map/999');
  const failure = page.getByRole('alert');
  await failure.getByRole('link', { name: text('missing.back'), exact: true }).click();
  await page.getByRole('rowheader', { name: 'Deals' }).waitFor();
});
