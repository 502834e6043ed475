// How does an export with a row for each deal become a process, and what is said before and after
// the import? Rows that are cases, doubtful times, the change of a log, steps of a finished import.

import assert from 'node:assert/strict';
import { LATER_ORDERS, ORDERS } from './orders.mjs';
import { story } from './product.mjs';
import { addToLog, chooseFile, goOnToImport, roleField, startImport } from './wizard.mjs';

function table(name, rows) {
  return { name, mimeType: 'text/csv', buffer: Buffer.from([...rows, ''].join('\n')) };
}

/** A deal a row; one is to close in the far future. */
const DEALS = table('deals.csv', [
  'Deal ID,Deal Stage,Amount,Close Date,Create Date,Date entered Qualified,Last Modified Date',
  '1,Won,100,2024-03-05,2024-01-02,2024-01-20,2024-06-01',
  '2,Lost,250,2024-02-01,2024-01-03,2024-01-21,2024-06-02',
  '3,Open,80,2999-12-31,2024-01-04,,2024-06-03',
]);

function button(page, text, key) {
  return page.getByRole('button', { name: text(key), exact: true });
}

async function activitiesOf(program, version) {
  const { activities } = await program.map(version);
  return activities.map(({ activity }) => activity).sort();
}

story('an export with a row for each deal is read as a process', {}, async (scene) => {
  const { program, page, text } = scene;
  await page.goto('/data/import');
  await chooseFile(page, text, DEALS);
  const isCase = page.getByRole('radio', { name: text('import.row.case.detail') });
  await isCase.waitFor();
  assert.equal(await isCase.getAttribute('aria-checked'), 'true');
  assert.equal(await roleField(page, text, 'case').inputValue(), 'Deal ID');
  const dates = page.getByRole('table').filter({ hasText: text('import.dates.column') });
  const ticked = (name) => dates.getByRole('checkbox', { name, exact: true });
  const named = (column) => dates.getByLabel(text('import.dates.name', { column }));
  assert.equal(await named('Create Date').inputValue(), 'Opportunity Created');
  // Won and lost deals were closed on that date; that of an open one is a plan.
  assert.equal(await named('Close Date').inputValue(), '');
  await dates.getByText(/"Opportunity Won".*"Deal Stage"/).waitFor();
  assert.equal(await ticked('Last Modified Date').isChecked(), false);

  // One is called otherwise, one is left out, one is wanted after all.
  await named('Close Date').fill('Deal closed');
  await named('Close Date').press('Enter');
  // What was left out comes back as it was: the order counts on equal days.
  const order = async () =>
    JSON.parse(new URL(page.url()).searchParams.get('settings')).date_columns;
  const chosen = await order();
  await ticked('Close Date').uncheck();
  await named('Close Date').waitFor({ state: 'detached' });
  assert.notDeepEqual(await order(), chosen);
  await ticked('Close Date').check();
  await named('Close Date').waitFor();
  assert.deepEqual(await order(), chosen);
  await ticked('Date entered Qualified').uncheck();
  await ticked('Last Modified Date').check();
  await named('Last Modified Date').waitFor();
  await page.reload();
  await named('Last Modified Date').waitFor();
  assert.equal(await named('Close Date').inputValue(), 'Deal closed');
  assert.equal(await ticked('Date entered Qualified').isChecked(), false);

  await button(page, text, 'import.next.check').click();
  const warning = page.getByRole('alert').filter({ hasText: '2999-12-31' });
  await warning.getByText(text('import.doubt.future-time', { count: 1, shown: '1' })).waitFor();
  await button(page, text, 'import.next.import').click();
  await startImport(page, text);
  assert.deepEqual(await activitiesOf(program, '1@1'), [
    'Deal closed',
    'Last Modified',
    'Opportunity Created',
  ]);
});

story('a row that was taken for a case can be an event', {}, async (scene) => {
  const { page, text } = scene;
  await page.goto('/data/import');
  await chooseFile(page, text, DEALS);
  await page.getByRole('radio', { name: text('import.row.event.detail') }).click();
  await roleField(page, text, 'activity').selectOption('Deal Stage');
  await roleField(page, text, 'time').selectOption('Close Date');
  await button(page, text, 'import.next.check').click();
  await page.getByText(text('import.suspicion.case')).waitFor();
});

story('what a file would change is said before it is added', {}, async (scene) => {
  const { program, page, text } = scene;
  const { log } = await program.import({ file: ORDERS, name: 'Orders' });
  await page.goto(`/data/import?into=${log}`);
  await chooseFile(page, text, LATER_ORDERS);
  await goOnToImport(page, text);
  const preview = page.getByRole('region', { name: text('import.join', { name: 'Orders' }) });
  const fact = (key) =>
    preview
      .locator('dl > div')
      .filter({ has: page.getByText(text(key), { exact: true }) })
      .locator('dd');
  await preview.waitFor();
  assert.equal(await fact('import.join.newCases').innerText(), '1');
  assert.equal(await fact('import.join.grown').innerText(), '1');
  assert.equal(await fact('import.join.newEvents').innerText(), '2');
  await preview.getByText(text('import.join.later', { count: 2, shown: '2' })).waitFor();
  await preview
    .getByText(
      text('import.join.after', { cases: 3, casesShown: '3', events: 5, eventsShown: '5' }),
    )
    .waitFor();
  assert.equal((await program.get('/logs')).logs[0].current.number, 1, 'nothing has changed');
  await addToLog(page, text);
  assert.equal((await program.get('/logs')).logs[0].current.events, 5);

  // The same once more: there is nothing new in it, and an append says that it doubles it.
  await page.goto(`/data/import?into=${log}`);
  await chooseFile(page, text, LATER_ORDERS);
  await goOnToImport(page, text);
  await preview.getByText(text('import.join.nothing')).waitFor();
  const wayOut = text('import.join.nothing.append', { mode: text('import.mode.upsert') });
  await preview.getByText(wayOut).waitFor();
  assert.equal(await fact('import.join.newEvents').innerText(), '2');
  assert.equal(await fact('import.join.known.added').innerText(), '2');
  await addToLog(page, text);
  assert.equal((await program.get('/logs')).logs[0].current.events, 7, 'as was said before');
});

story('a reload on the last step loses no choice', {}, async (scene) => {
  const { program, page, text } = scene;
  const { log } = await program.import({ file: ORDERS, name: 'Orders' });
  await page.goto('/data/import');
  await chooseFile(page, text, LATER_ORDERS);
  await goOnToImport(page, text);
  const name = page.getByLabel(text('data.name'));
  await name.fill('Sales of May');
  await page.waitForURL(/name=Sales/);
  await page.reload();
  assert.equal(await name.inputValue(), 'Sales of May');

  const mode = page.getByRole('radio', { name: text('import.mode.upsert'), exact: true });
  await mode.click();
  await page.getByRole('main').getByRole('combobox').selectOption(String(log));
  const key = page.getByRole('checkbox').first();
  await key.click();
  await page.waitForURL(/key=/);
  await page.reload();
  await key.waitFor();
  assert.equal(await mode.isChecked(), true);
  assert.equal(await key.isChecked(), true);
  assert.equal(await page.getByRole('main').getByRole('combobox').inputValue(), String(log));
});

story('the steps of a finished import say that it is done', {}, async (scene) => {
  const { program, window, page, text } = scene;
  await page.goto('/data/import');
  await chooseFile(page, text, ORDERS);
  await goOnToImport(page, text);
  await button(page, text, 'import.start').waitFor();
  const step = page.url();
  await startImport(page, text);
  const openMap = page.getByRole('main').getByRole('link', { name: text('data.openMap') });
  for (let steps = 0; steps < 3; steps += 1) {
    await page.goBack();
    await openMap.waitFor();
    assert.equal(await page.getByRole('main').getByRole('alert').count(), 0);
    assert.equal(await page.locator('button[data-completed]').count(), 4);
  }
  // A link that somebody kept says the same, and another file can be chosen.
  await page.goto(step);
  await openMap.waitFor();
  await button(page, text, 'import.another').click();
  await page.getByText(text('upload.drop')).waitFor();

  assert.deepEqual(window.unprovoked(), []);
  // Of an upload that nobody knows any more the page says so, and goes on.
  window.provokes('404');
  await page.goto('/data/import?step=check&upload=99&file=lost.csv');
  await page.getByText(text('import.gone.named', { name: 'lost.csv' })).waitFor();
  await button(page, text, 'import.otherFile').click();
  await page.getByText(text('upload.drop')).waitFor();
  assert.equal((await program.get('/logs')).logs.length, 1);
});
