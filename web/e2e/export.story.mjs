// What does a reader learn of a format before the log leaves in it?

import assert from 'node:assert/strict';
import { story } from './product.mjs';

story('a format says what it leaves out before the download', {}, async (scene) => {
  const { program, page, text } = scene;
  const { log } = await program.demo({ deals: 60, seed: 7, name: 'World' });
  await page.goto('/data');
  const menu = page.getByRole('button', { name: text('data.actions.of', { name: 'World' }) });
  const item = (key, values) =>
    page.getByRole('menuitem', { name: text(key, values), exact: true });

  await menu.click();
  const csv = { format: text('data.export.csv') };
  await item('data.export.lossy', csv).click();
  const dialog = page.getByRole('dialog', { name: text('data.export.losses', csv) });
  const { formats } = await program.get(`/logs/${log}/versions/1/export/losses`);
  const { losses } = formats.find(({ format }) => format === 'csv');
  assert.ok(losses.length > 1);
  assert.deepEqual(await dialog.getByRole('listitem').allInnerTexts(), losses);
  const downloading = page.waitForEvent('download');
  await dialog.getByRole('link', { name: text('data.export.download', csv) }).click();
  assert.match((await downloading).suggestedFilename(), /\.csv$/);
  await dialog.waitFor({ state: 'detached' });

  // Parquet holds everything, and is there at once.
  await menu.click();
  const whole = page.waitForEvent('download');
  await item('data.export.parquet').click();
  assert.match((await whole).suggestedFilename(), /\.parquet$/);
});
