// What happens in one tab when another one, or somebody elsewhere, brings new data?

import assert from 'node:assert/strict';
import { drawing, keyFigure, openMap } from './map.mjs';
import { LATER_ORDERS, ORDERS } from './orders.mjs';
import { story } from './product.mjs';
import { addToLog, chooseFile, goOnToImport } from './wizard.mjs';

story('newer data is announced, and shown when asked for', {}, async (scene) => {
  const { program, window, page, text } = scene;
  const { log } = await program.import({ file: ORDERS, name: 'Orders' });
  await openMap(page, log);
  const cases = keyFigure(page, text, 'cases');
  assert.equal(await cases.innerText(), '2');
  const before = await drawing(page);

  const other = await window.newTab();
  await other.goto(`/data/import?into=${log}`);
  await chooseFile(other, text, LATER_ORDERS);
  await goOnToImport(other, text);
  await addToLog(other, text);

  const refresh = page.getByRole('button', { name: text('map.stale.refresh') });
  await refresh.waitFor();
  assert.equal(await cases.innerText(), '2', 'nothing changes under the eyes');
  assert.deepEqual(await drawing(page), before);

  await refresh.click();
  await cases.filter({ hasText: '3' }).waitFor();
  await refresh.waitFor({ state: 'detached' });

  // The earlier version stays where a link names it, and the page says so.
  await openMap(page, log, '?version=1');
  assert.equal(await cases.innerText(), '2');
  const versions = { version: '1', current: '2' };
  await page.getByText(text('map.old', versions)).waitFor();
  const facts = (number) =>
    page.getByRole('banner').getByTitle(text('shell.log.version', { number }));
  await facts('1')
    .filter({ hasText: text('shell.log.size', { count: 3 }) })
    .waitFor();
  await page.getByRole('button', { name: text('map.old.open') }).click();
  await cases.filter({ hasText: '3' }).waitFor();

  // Going back to the earlier one is announced like newer data.
  await other.goto(`/data/${log}`);
  await other.getByRole('button', { name: text('data.rollBack.named', { number: '1' }) }).click();
  const dialog = other.getByRole('dialog');
  await dialog.getByRole('button', { name: text('data.rollBack'), exact: true }).click();
  await page.getByText(text('map.stale.back', { version: '1' })).waitFor();
  assert.equal(await cases.innerText(), '3', 'nothing changes under the eyes');
  await facts('2').waitFor();
  await refresh.click();
  await facts('1').waitFor();
  await cases.filter({ hasText: '2' }).waitFor();
});

story(
  'what is changed elsewhere, without a job, is announced within half a minute',
  {},
  async (scene) => {
    const { program, page, text } = scene;
    const { log } = await program.import({ file: ORDERS, name: 'Orders' });
    await program.import({ file: LATER_ORDERS, log, mode: 'append' });
    // The clock of this page can be put forward, to the next time it asks for news.
    await page.clock.install();
    await openMap(page, log);
    const cases = keyFigure(page, text, 'cases');
    assert.equal(await cases.innerText(), '3');

    // Neither a tab of this browser nor a stream of events tells of it.
    await program.post(`/logs/${log}/rollback`, { version: 1 });
    const note = page.getByText(text('map.stale.back', { version: '1' }));
    assert.equal(await note.count(), 0);
    await page.clock.fastForward('00:31');
    await note.waitFor();
    assert.equal(await cases.innerText(), '3', 'nothing changes under the eyes');
    await page.getByRole('button', { name: text('map.stale.refresh') }).click();
    await cases.filter({ hasText: '2' }).waitFor();
  },
);

story('a log that another tab deletes is said to be gone', {}, async (scene) => {
  const { program, window, page, text } = scene;
  const { log } = await program.import({ file: ORDERS, name: 'Orders' });
  await openMap(page, log);
  const other = await window.newTab();
  await other.goto(`/data/${log}`);
  await other.getByRole('button', { name: text('data.actions.of', { name: 'Orders' }) }).click();
  await other.getByRole('menuitem', { name: text('data.delete'), exact: true }).click();
  await other.getByLabel(text('data.delete.type', { name: 'Orders' })).fill('Orders');
  const dialog = other.getByRole('dialog');
  await dialog.getByRole('button', { name: text('data.delete'), exact: true }).click();
  await other.getByText(text('data.empty.title')).waitFor();

  window.provokes('404');
  await page.reload();
  await page.getByRole('main').getByRole('alert').waitFor();
  await page.getByRole('link', { name: text('place.map') }).click();
  await page.getByText(text('data.empty.title')).waitFor();
});
