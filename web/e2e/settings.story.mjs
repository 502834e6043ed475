// Can an analyst see what an analysis depends on, change it, and see the computed attributes follow?

import assert from 'node:assert/strict';
import { story } from './product.mjs';

const DEALS = { deals: 150, name: 'Deals' };

/** How many deals are stalled, as the program counts. */
async function stalled(program, version) {
  const { attributes } = await program.ask(version, 'attributes', { attributes: ['IsStalled'] });
  return attributes[0].values.find((one) => one.value === true)?.count ?? 0;
}

function press(scope, name) {
  return scope.getByRole('button', { name, exact: true }).click();
}

/** The field of the days of a row of stall limits. */
function limit(page, text, number) {
  const name = text('settings.cell', { column: 'Days', number, name: 'Stall limits' });
  return page.getByRole('textbox', { name, exact: true });
}

story('a stall limit is changed, refused, kept and taken back', {}, async (scene) => {
  const { program, window, page, text } = scene;
  const { log, version } = await program.demo(DEALS);
  const before = await stalled(program, version);
  assert.ok(before > 0);
  await page.goto(`/data/${log}`);
  await page.getByRole('link', { name: text('data.settings'), exact: true }).click();
  window.provokes('422');
  await limit(page, text, 1).fill('soon');
  await page.getByText(text('settings.unsaved', { count: 1 })).waitFor();
  await press(page, text('action.save'));
  await page.getByRole('alert').first().waitFor();
  assert.equal((await program.get(`/logs/${log}/settings`)).version, 0);

  await limit(page, text, 1).fill('100000');
  await press(page, text('action.save'));
  await page.getByText(text('settings.saved')).waitFor();
  assert.equal(await stalled(program, version), 0);
  const kept = await program.get(`/logs/${log}/settings`);
  assert.equal(kept.file, 'stallLimits = [{ days = 100000 }]\n');

  await press(page, text('settings.reset.of', { name: 'Stall limits' }));
  await press(page, text('action.save'));
  await page.getByText(text('settings.saved')).waitFor();
  await page.getByText(text('settings.chosen'), { exact: true }).waitFor({ state: 'detached' });
  assert.equal(await stalled(program, version), before);

  // An earlier version comes back as a new one.
  await page.getByLabel(text('settings.versions')).selectOption('1');
  await press(page, text('settings.bringBack'));
  await page.getByText(text('settings.chosen'), { exact: true }).waitFor();
  assert.equal((await program.get(`/logs/${log}/settings`)).version, 3);
  assert.equal(await stalled(program, version), 0);
});

story('a holiday is added as a row', {}, async (scene) => {
  const { program, page, text } = scene;
  const { log } = await program.demo(DEALS);
  await page.goto(`/data/${log}/settings`);
  const name = 'Holidays';
  await press(page, text('settings.row.add', { name }));
  const day = text('settings.cell', { column: 'Day', number: 1, name });
  await page.getByRole('textbox', { name: day, exact: true }).fill('2025-12-25');
  await press(page, text('action.save'));
  await page.getByText(text('settings.saved')).waitFor();
  const { file } = await program.get(`/logs/${log}/settings`);
  assert.equal(file, 'holidays = [{ day = "2025-12-25" }]\n');
});
