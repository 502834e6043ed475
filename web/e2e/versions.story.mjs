// What can be done with the versions of a log? Add, go back, keep, take out, delete.

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { LATE_ORDERS, LATER_ORDERS, ORDERS } from './orders.mjs';
import { story } from './product.mjs';
import { addToLog, chooseFile, goOnToImport } from './wizard.mjs';

story('versions are added, gone back to, kept, exported and deleted', {}, async (scene) => {
  const { program, window, page, text } = scene;
  const { log } = await program.import({ file: ORDERS, name: 'Orders' });
  await page.goto(`/data/${log}`);
  const name = (number) => text('shell.log.version', { number: String(number) });
  const row = (number) => page.getByRole('row').filter({ hasText: name(number) });
  const isCurrent = (number) =>
    row(number).getByText(text('data.version.current'), { exact: true }).waitFor();
  await isCurrent(1);

  await appendFile(page, text, LATER_ORDERS);
  await page.goto(`/data/${log}`);
  await isCurrent(2);
  assert.match(await row(2).innerText(), /\b3\b.*\b5\b/s, '3 cases and 5 events');

  const press = (key, values) =>
    page.getByRole('button', { name: text(key, values), exact: true }).click();
  await press('data.rollBack.named', { number: '1' });
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('button', { name: text('data.rollBack'), exact: true }).click();
  await isCurrent(1);
  assert.equal((await program.get(`/logs/${log}`)).current.number, 1);

  await press('data.version.pin.named', { number: '2' });
  await row(2).getByText(text('data.version.pinned')).waitFor();
  const deleting = page.getByRole('button', {
    name: text('data.version.delete.named', { number: '2' }),
  });
  assert.equal(await deleting.count(), 0, 'what is kept for ever cannot be deleted');

  assert.deepEqual(await exported(page, text), ['O-1,order', 'O-1,invoice', 'O-2,order']);

  await press('data.actions.of', { name: 'Orders' });
  await page.getByRole('menuitem', { name: text('data.delete'), exact: true }).click();
  const sure = page
    .getByRole('dialog')
    .getByRole('button', { name: text('data.delete'), exact: true });
  const typed = page.getByLabel(text('data.delete.type', { name: 'Orders' }));
  assert.equal(await sure.isEnabled(), false);
  await typed.fill('orders');
  assert.equal(await sure.isEnabled(), false);
  await typed.fill('Orders');

  // What is kept for ever is kept from this, too, and the page says what to do.
  window.provokes('409');
  await sure.click();
  const refusal = page.getByRole('dialog').getByRole('alert');
  await refusal.getByText(text('failure.problem.code', { code: 'version_kept' })).waitFor();
  await page.getByRole('button', { name: text('action.cancel'), exact: true }).click();
  await press('data.version.unpin.named', { number: '2' });
  await row(2).getByText(text('data.version.pinned')).waitFor({ state: 'detached' });
  await press('data.actions.of', { name: 'Orders' });
  await page.getByRole('menuitem', { name: text('data.delete'), exact: true }).click();
  await typed.fill('Orders');
  await sure.click();
  await page.getByText(text('data.empty.title')).waitFor();
  assert.deepEqual(await program.get('/logs'), { logs: [] });
});

async function appendFile(page, text, file) {
  await page.getByRole('link', { name: text('data.addEvents') }).click();
  await chooseFile(page, text, file);
  await goOnToImport(page, text);
  const append = page.getByRole('radio', { name: text('import.mode.append'), exact: true });
  assert.equal(await append.isChecked(), true);
  await addToLog(page, text);
}

/** Case and activity of every row of the file that the export gives. */
async function exported(page, text) {
  await page.getByRole('button', { name: text('data.actions.of', { name: 'Orders' }) }).click();
  const downloading = page.waitForEvent('download');
  await page.getByRole('menuitem', { name: text('data.export.csv'), exact: true }).click();
  const download = await downloading;
  assert.match(download.suggestedFilename(), /\.csv$/);
  const [head, ...rows] = (await readFile(await download.path(), 'utf8'))
    .replace('\ufeff', '')
    .trimEnd()
    .split(/\r?\n/)
    .map((line) => line.split(','));
  assert.ok(head.length >= 3);
  return rows.map(([first, second]) => `${first},${second}`);
}

story('the days of a log are those of its zone, and no list opens a log', {}, async (scene) => {
  const { program, page, text } = scene;
  const settings = { time_zone: 'Asia/Tokyo' };
  const { log } = await program.import({ file: LATE_ORDERS, name: 'Orders', settings });
  const { log: other } = await program.import({ file: LATE_ORDERS, name: 'Others', settings });
  const opened = [];
  page.on('request', (request) => {
    if (request.url().endsWith('/schema')) opened.push(request.url());
  });
  // In the evening of 1 and 5 May in UTC, and as in the window.
  const period = /^(.* · )?2\s*–\s*6 May 2024$/;
  await page.goto('/data');
  for (const name of ['Orders', 'Others']) {
    await page.getByRole('row').filter({ hasText: name }).getByText(period).waitFor();
  }
  await page.goto(`/data/${log}`);
  await page.getByRole('table').getByText(period).waitFor();
  await page.getByRole('button', { name: text('shell.log.choose') }).click();
  const items = page.getByRole('menuitem').filter({ hasText: period });
  await items.nth(1).waitFor();
  assert.equal((await program.get(`/logs/${other}`)).current.time_zone, 'Asia/Tokyo');
  assert.deepEqual(opened, []);

  // Nor what would be added to it.
  await page.goto(`/data/import?into=${log}`);
  await chooseFile(page, text, LATE_ORDERS);
  await page.getByRole('button', { name: text('import.next.check') }).click();
  await page.getByText(period).waitFor();
  await page.getByRole('button', { name: text('import.next.import') }).click();
  const preview = page.getByRole('region', { name: text('import.join', { name: 'Orders' }) });
  await preview.getByText(period).nth(1).waitFor();
});
