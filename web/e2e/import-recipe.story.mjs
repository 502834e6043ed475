// How does the next file become the same log without a question? Recipes, and what is remembered.

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { story, testData } from './product.mjs';
import { addToLog, chooseFile, goOnToImport, startImport } from './wizard.mjs';

const STAGES = testData('logs/recipes/stage-history.csv');

const FIRST = [
  'Deal,Step,Day,Amount',
  'D1,Call,03/02/2026,10',
  'D1,Quote,28/02/2026,12',
  'D2,Call,04/02/2026,7',
];

function table(name, rows) {
  return { name, mimeType: 'text/csv', buffer: Buffer.from([...rows, ''].join('\n')) };
}

function button(page, text, key) {
  return page.getByRole('button', { name: text(key), exact: true });
}

async function downloaded(page, act) {
  const event = page.waitForEvent('download');
  await act();
  return readFile(await (await event).path(), 'utf8');
}

story(
  'a recipe is downloaded, used again, and a file that does not fit is told',
  {},
  async (scene) => {
    const { program, page, text } = scene;
    await page.goto('/data/import');
    await chooseFile(page, text, table('deals.csv', FIRST));
    const recipe = await downloaded(page, () => button(page, text, 'recipe.download').click());
    assert.match(recipe, /^recipe = 1$/m);
    assert.match(recipe, /^order = "day_first"$/m);

    // The order of day and month is open in this file; the recipe settles it.
    await page.goto('/data/import');
    const next = FIRST.map((row) => row.replace('28/02', '05/02'));
    await chooseFile(page, text, table('next.csv', next));
    await page.getByText(text('import.date.question', { name: 'Day' })).waitFor();
    const choosing = page.waitForEvent('filechooser');
    await button(page, text, 'recipe.use').click();
    const file = { name: 'r.toml', mimeType: 'application/toml', buffer: Buffer.from(recipe) };
    await (await choosing).setFiles(file);
    await button(page, text, 'import.next.check').click();
    await page.getByRole('button', { name: text('import.next.import') }).click();
    await startImport(page, text);
    const { logs } = await program.get('/logs');
    assert.equal(logs[0].current.last_event_at, '2026-02-05T00:00:00Z');

    // A renamed column is named, and so is what the file has in its place.
    await page.goto('/data/import');
    const renamed = FIRST.map((row) => row.replace('Amount', 'Value'));
    await chooseFile(page, text, table('renamed.csv', renamed));
    const again = page.waitForEvent('filechooser');
    await button(page, text, 'recipe.use').click();
    await (await again).setFiles(file);
    const alert = page.getByRole('alert').filter({ hasText: '"Value"' });
    await alert.getByText('"Amount"').waitFor();

    // A mistake is told with its line, and nothing changes.
    const third = page.waitForEvent('filechooser');
    await button(page, text, 'recipe.use').click();
    const wrong = Buffer.from(recipe.replace('role = "case"', 'role = "cases"'));
    await (await third).setFiles({ ...file, buffer: wrong });
    await page.getByRole('alert').filter({ hasText: '"cases"' }).waitFor();
  },
);

story('a file with the same columns is read as the last one, unless refused', {}, async (scene) => {
  const { program, page, text } = scene;
  const settings = { case: 'Deal', activity: 'Amount', time: 'Day', time_zone: 'Asia/Tokyo' };
  await program.import({ file: table('first.csv', FIRST), name: 'First', settings });
  await page.goto('/data/import');
  await chooseFile(page, text, table('second.csv', FIRST));
  const fresh = button(page, text, 'recipe.fresh');
  await fresh.waitFor();
  const activity = page.getByLabel(new RegExp(`^${text('role.activity')}( \\*)?$`)).first();
  assert.equal(await activity.inputValue(), 'Amount');
  await fresh.click();
  await fresh.waitFor({ state: 'detached' });
  assert.equal(await activity.inputValue(), 'Step');
  await goOnToImport(page, text);
  await startImport(page, text);

  // Taking the place of all events: what goes is told before.
  await page.goto('/data/import');
  await chooseFile(page, text, table('third.csv', FIRST.slice(0, 3)));
  await goOnToImport(page, text);
  await page.getByRole('radio', { name: text('import.mode.replace') }).click();
  const { logs } = await program.get('/logs');
  const target = logs.find(({ name }) => name === 'second');
  await page.getByRole('combobox', { name: text('data.log') }).selectOption(String(target.id));
  const gone = text('import.join.goneEvents', { count: 1, shown: '1' });
  await page.getByText(gone).waitFor();
  await addToLog(page, text);
  const after = await program.get('/logs');
  assert.equal(after.logs.find(({ id }) => id === target.id).current.events, 2);
});

story('stages mean activities, pipeline by pipeline', {}, async (scene) => {
  const { program, page, text } = scene;
  await page.goto('/data/import');
  await chooseFile(page, text, STAGES);
  await page.getByRole('switch', { name: text('mapping.read') }).click();
  const pipeline = page.getByLabel(text('mapping.pipeline'), { exact: true });
  await pipeline.selectOption('Pipeline');
  const of = (label) => page.getByLabel(text('mapping.meaning.of', { label }));
  await of('qualifiedtobuy, Renewals').waitFor();
  assert.equal(await of('closedwon, Sales Pipeline').inputValue(), 'OpportunityWon');
  assert.equal(await of('qualifiedtobuy, Renewals').inputValue(), '');
  await of('qualifiedtobuy, Renewals').selectOption('OpportunityReopened');
  await page.getByText(text('mapping.by.chosen')).first().waitFor();
  await goOnToImport(page, text);
  await startImport(page, text);
  const { logs } = await program.get('/logs');
  const { id, current } = logs[0];
  const { activities } = await program.get(`/logs/${id}/versions/${current.number}/schema`);
  const names = activities.map(({ name }) => name).sort();
  assert.ok(names.includes('Opportunity Reopened'), names.join());
  assert.ok(names.includes('qualifiedtobuy'), names.join());
});
