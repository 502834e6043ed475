// Can an analyst bring an own file to a process map?

import assert from 'node:assert/strict';
import { keyFigure, mapDrawn } from './map.mjs';
import { referenceData, story, testData } from './product.mjs';
import { chooseFile, dropFile, goOnToImport, openMap, roleField, startImport } from './wizard.mjs';

/** The log made last, as the program knows it. */
async function newestLog(program) {
  const { logs } = await program.get('/logs');
  return logs.at(-1);
}

async function assertMapOf(program, page, text) {
  await mapDrawn(page);
  const log = await newestLog(program);
  const { cases, activities } = await program.map(log.current.id);
  assert.equal(await keyFigure(page, text, 'cases').innerText(), text.number(cases));
  const shown = activities.filter((activity) => activity.shown);
  assert.equal(await page.locator('[data-activity]').count(), shown.length);
  return log;
}

story('a French table comes in by the button, and becomes a map', {}, async (scene) => {
  const { program, page, text } = scene;
  await page.goto('/');
  await page.getByRole('link', { name: text('data.upload') }).click();
  await chooseFile(page, text, testData('logs/shipped/commandes.csv'));

  // The columns are recognised, with the reason for each.
  const role = (name) => roleField(page, text, name);
  await role('case').waitFor();
  assert.equal(await role('case').inputValue(), 'Numéro de dossier');
  assert.equal(await role('activity').inputValue(), 'Activité');
  assert.equal(await role('time').inputValue(), 'Date et heure');
  await page.getByRole('button', { name: text('import.next.check') }).click();

  // Two rows cannot be used; the page says so before anything is kept.
  await page.getByText(text('report.problems')).waitFor();
  assert.deepEqual(await program.get('/logs'), { logs: [] });
  await page.getByRole('button', { name: text('import.next.import') }).click();

  assert.equal(await page.getByLabel(text('data.name')).inputValue(), 'commandes');
  await startImport(page, text);
  await openMap(page, text);
  const log = await assertMapOf(program, page, text);
  assert.equal(log.name, 'commandes');
  const report = await program.get(`/logs/${log.id}/versions/1/report`);
  assert.equal(report.rows_refused, 2);
});

story('a file is dropped on the list of logs, and its report can be read', {}, async (scene) => {
  const { program, page, text } = scene;
  await page.goto('/data');
  const list = page.getByRole('heading', { level: 1, name: text('data.title') });
  await list.waitFor();
  await dropFile(page, text, list, testData('logs/shipped/juchu.shift_jis.csv'));
  await goOnToImport(page, text);
  await startImport(page, text);
  await page.getByRole('link', { name: text('import.report') }).click();
  await page
    .getByRole('heading', { level: 1, name: text('report.title', { number: '1' }) })
    .waitFor();
  await page.getByText('案件番号').first().waitFor();
  await openMap(page, text);
  await assertMapOf(program, page, text);
});

story('a file is dropped on the first step of the import', {}, async (scene) => {
  const { program, page, text } = scene;
  await page.goto('/data/import');
  const place = page.getByText(text('upload.formats'));
  await dropFile(page, text, place, testData('logs/shipped/loans.xes'));
  await goOnToImport(page, text);
  await startImport(page, text);
  await openMap(page, text);
  await assertMapOf(program, page, text);
});

story('a public log comes in as it is', {}, async ({ program, page, text, told }) => {
  const sepsis = referenceData('logs/eventdatar/sepsis.csv');
  if (sepsis === undefined) {
    told.diagnostic('not told: there is no folder of public logs (PAYDIRT_REFERENCE_DATA)');
    return;
  }
  await page.goto('/data/import');
  await chooseFile(page, text, sepsis);
  await goOnToImport(page, text);
  await startImport(page, text);
  await openMap(page, text);
  const log = await assertMapOf(program, page, text);
  // Published with the log: 1,050 cases and 15,214 events.
  assert.equal(log.current.cases, 1050);
  assert.equal(log.current.events, 15_214);
});

story('a date that can be read in two ways is asked about', {}, async (scene) => {
  const { program, page, text } = scene;
  await page.goto('/data/import');
  await chooseFile(page, text, testData('logs/csv/ambiguous-dates.csv'));
  const question = page.getByRole('alert').filter({
    hasText: text('import.date.question', { name: 'time' }),
  });
  await question.waitFor();
  const next = page.getByRole('button', { name: text('import.next.check') });
  assert.equal(await next.isEnabled(), false);

  await question.getByText(text('import.date.dayFirst')).click();
  await next.click();
  await page.getByRole('button', { name: text('import.next.import') }).click();
  await startImport(page, text);
  const { current } = await newestLog(program);
  assert.equal(current.first_event_at, '2024-04-03T09:00:00Z');
  assert.equal(current.last_event_at, '2024-08-07T11:00:00Z');
});
