// Does a map of 60 activities and hundreds of paths stay usable?

import assert from 'node:assert/strict';
import { largeLog } from './large.mjs';
import { activity, drawing, openMap, slider } from './map.mjs';
import { story } from './product.mjs';

/** The most that a picture shows, and the most that a map of this size may take. */
const DRAWN_MAX = 150;
const LAYOUT_MS = 15_000;
const ANSWER_MS = 2_000;

story('60 activities and hundreds of paths are drawn, walked and moved', {}, async (scene) => {
  const { program, page, text, told } = scene;
  const { log, version } = await program.import({ file: largeLog(), name: 'Large' });
  const { activities, paths } = await program.map(version);
  assert.equal(activities.length, 60);
  assert.ok(paths.length >= 400, `${paths.length} paths`);

  // What is shown at first is small, whatever the log is.
  await openMap(page, log);
  assert.equal(await page.locator('[data-activity]').count(), 18);

  const before = performance.now();
  await openMap(page, log, '?activities=100&paths=100');
  const took = performance.now() - before;
  told.diagnostic(`60 activities, ${paths.length} paths: drawn after ${Math.round(took)} ms`);
  assert.ok(took < LAYOUT_MS, `drawn after ${took} ms`);
  assert.equal(await page.locator('[data-activity]').count(), 60);
  const drawn = await drawing(page);
  assert.equal(Object.keys(drawn.paths).length, DRAWN_MAX);
  const many = text('map.detail.many', { count: paths.length, shown: DRAWN_MAX });
  await page.getByText(many).waitFor();

  // The Paths slider needs no layout: what stays, stays where it is.
  const paths100 = slider(page, text, 'paths');
  await paths100.focus();
  const start = performance.now();
  await page.keyboard.press('Home');
  await page.waitForFunction((most) => {
    const ways = [...document.querySelectorAll('[data-arrow]')];
    return ways.filter((one) => !one.dataset.arrow.includes('\u0000')).length < most;
  }, DRAWN_MAX);
  const answer = performance.now() - start;
  told.diagnostic(`fewer paths after ${Math.round(answer)} ms`);
  assert.ok(answer < ANSWER_MS, `fewer paths after ${answer} ms`);
  const fewer = await drawing(page);
  assert.deepEqual(fewer.places, drawn.places);

  // By keyboard from step to step, and all of it in the table.
  await activity(page, 'Step 01').focus();
  await page.keyboard.press('ArrowDown');
  await page.waitForFunction(() => document.activeElement?.dataset.activity === 'Step 02');
  await page.keyboard.press('t');
  const table = page.getByRole('table');
  await table.waitFor();
  assert.equal(await table.getAttribute('aria-rowcount'), String(paths.length + 1));
});
