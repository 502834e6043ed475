// Is the focus somewhere sensible, whatever is taken away from under it?

import assert from 'node:assert/strict';
import { activity, openMap } from './map.mjs';
import { story } from './product.mjs';
import { settled } from './window.mjs';

const DEALS = { deals: 150, name: 'Deals' };

/** What has the focus: an activity by its name, anything else by its element. */
function focused(page) {
  return page.evaluate(() => {
    const { dataset, ariaLabel, tagName } = document.activeElement;
    return dataset.activity ?? ariaLabel ?? tagName;
  });
}

story('who hides an activity by keyboard goes on with the next one', {}, async (scene) => {
  const { program, page, text } = scene;
  const { log } = await program.demo(DEALS);
  await openMap(page, log);
  await activity(page, 'Quote Issued').focus();
  await page.keyboard.press('Shift+F10');
  const hide = page.getByRole('menuitem', { name: text('map.menu.hide'), exact: true });
  await hide.waitFor();
  while (!(await hide.evaluate((node) => node === document.activeElement))) {
    await page.keyboard.press('ArrowDown');
  }
  await page.keyboard.press('Enter');
  await activity(page, 'Quote Issued').waitFor({ state: 'detached' });
  await settled(page);
  const next = await focused(page);
  assert.notEqual(next, 'BODY');
  assert.equal(await activity(page, next).count(), 1, `${next} is an activity`);
  // It stands out with its neighbours, and nothing steps back once the focus is elsewhere.
  assert.equal(await activity(page, next).getAttribute('data-tone'), 'strong');
  await page.getByRole('button', { name: text('map.tools.fit'), exact: true }).focus();
  await settled(page);
  assert.equal(await page.locator('[data-activity][data-tone="faint"]').count(), 0);
});

story('the focus stays while picture and table change places', {}, async (scene) => {
  const { program, page, text } = scene;
  const { log } = await program.demo(DEALS);
  await openMap(page, log);
  await activity(page, 'Lead Captured').focus();
  await page.keyboard.press('t');
  const table = page.getByRole('table');
  await table.waitFor();
  await settled(page);
  const stage = text('place.map');
  assert.equal(await focused(page), stage);
  await page.keyboard.press('Tab');
  const isIn = (part) => part.evaluate((one) => one.contains(document.activeElement));
  assert.ok(await isIn(page.getByRole('region', { name: stage, exact: true })), 'in the table');
  await page.keyboard.press('t');
  await activity(page, 'Lead Captured').waitFor();
  await settled(page);
  assert.equal(await focused(page), stage);
  await page.keyboard.press('Tab');
  await settled(page);
  assert.ok(await isIn(page.getByRole('region', { name: stage, exact: true })), 'on the map');

  const button = (name) => page.getByRole('button', { name: text(name), exact: true });
  await button('map.tools.table').press('Enter');
  await table.waitFor();
  await settled(page);
  assert.equal(await focused(page), text('map.tools.picture'), 'the button keeps it');
  await page.keyboard.press('Enter');
  await activity(page, 'Lead Captured').waitFor();
  assert.equal(await focused(page), text('map.tools.table'));
});
