// How do an object-centric log, an archive, and several files at once become a log?

import assert from 'node:assert/strict';
import { story, testData } from './product.mjs';
import { chooseFile, goOnToImport, startImport } from './wizard.mjs';

const table = (name, ...rows) => ({
  name,
  mimeType: 'text/csv',
  buffer: Buffer.from(['case,activity,time', ...rows, ''].join('\n')),
});

const APRIL = table('april.csv', '1,Order,2024-04-01', '2,Order,2024-04-02');
const MAY = table('may.csv', '1,Invoice,2024-05-01', '2,Invoice,2024-05-02');
const PEOPLE = {
  name: 'people.csv',
  mimeType: 'text/csv',
  buffer: Buffer.from('name;team\nKim;North\n'),
};

story('the object type of an object-centric log can be chosen', {}, async (scene) => {
  const { program, page, text } = scene;
  await page.goto('/data/import');
  await chooseFile(page, text, testData('logs/ocel/orders.jsonocel'));
  const type = page.getByLabel(text('import.reading.object_type'));
  await type.waitFor();
  // What was found is told, with why.
  assert.equal(await type.inputValue(), 'order');
  const options = await type.locator('option').allTextContents();
  assert.equal(options.length, 6);
  await type.selectOption('invoice');
  const related = page.getByText('invoice → order: bills').locator('visible=true').first();
  await related.waitFor();
  await page.reload();
  await related.waitFor();
  assert.equal(await type.inputValue(), 'invoice');
  await goOnToImport(page, text);
  await startImport(page, text);
  const { cases, events } = await program.ask('1@1', 'summary', {});
  assert.deepEqual([cases, events], [4, 8]);
});

story('several files with the same columns are one table', {}, async (scene) => {
  const { program, page, text } = scene;
  await page.goto('/data/import');
  await chooseFile(page, text, [MAY, APRIL]);
  const member = page.getByLabel(text('import.reading.member'));
  await member.waitFor();
  assert.equal(await member.inputValue(), '');
  await goOnToImport(page, text);
  await startImport(page, text);
  const { activities } = await program.map('1@1');
  const names = activities.map(({ activity }) => activity).sort();
  assert.deepEqual(names, ['Invoice', 'Order']);
});

story('of files that differ one is chosen', {}, async (scene) => {
  const { page, text } = scene;
  await page.goto('/data/import');
  await chooseFile(page, text, [PEOPLE, APRIL]);
  const member = page.getByLabel(text('import.reading.member'));
  await member.waitFor();
  await page
    .getByText(/april\.csv, people\.csv/)
    .first()
    .waitFor();
  await member.selectOption('april.csv');
  await goOnToImport(page, text);
  await startImport(page, text);
});

const file = (name, ...lines) => ({
  name,
  mimeType: 'text/csv',
  buffer: Buffer.from([...lines, ''].join('\n')),
});

story('events, cases and documents are joined without a mapping', {}, async (scene) => {
  const { program, page, text } = scene;
  await page.goto('/data/import');
  await chooseFile(page, text, [
    file(
      'events.csv',
      'SalesOpportunityId,ActivityName,EventTime',
      'EXAMPLE-1,Opportunity Created,2026-01-12 09:30',
      'A-1,Opportunity Created,2026-02-03 09:30',
      'A-1,Opportunity Won,2026-02-14 10:00',
    ),
    file('cases.csv', 'SalesOpportunityId,CustomerName', 'A-1,Pioneer'),
    file(
      'documents.csv',
      'DocumentType,DocumentNumber,DocumentDate,SalesOpportunityId,DocumentAmount',
      'Invoice,I-1,2026-02-20,A-1,120',
      'Invoice,I-2,2026-02-20,A-9,7',
    ),
  ]);
  const member = page.getByLabel(text('import.reading.member'));
  await member.waitFor();
  assert.equal(await member.inputValue(), '');
  const made = page.getByText('"documents.csv": 2 rows make 1 event (Invoice Generated 1)');
  await made.locator('visible=true').first().waitFor();
  await page.getByRole('button', { name: text('import.next.check') }).click();
  // What joins to no case is named with its file and row, and the made-up row can be switched on.
  await page.getByRole('cell', { name: 'documents.csv:3', exact: true }).waitFor();
  await page.getByText(text('report.rule.example_rows')).first().waitFor();
  await page.getByRole('button', { name: text('import.next.import') }).click();
  await startImport(page, text);
  const { activities } = await program.map('1@1');
  const names = activities.map(({ activity }) => activity).sort();
  assert.deepEqual(names, ['Invoice Generated', 'Opportunity Created', 'Opportunity Won']);
  const { cases, events } = await program.ask('1@1', 'summary', {});
  assert.deepEqual([cases, events], [1, 3]);
});
