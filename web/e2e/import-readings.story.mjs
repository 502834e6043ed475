// How does somebody see what was read automatically, switch some of it off, and find it again in
// the report of the version?

import assert from 'node:assert/strict';
import { story, testData } from './product.mjs';
import { chooseFile, goOnToImport, startImport } from './wizard.mjs';

const REPORT = testData('logs/exports/salesforce-report.csv');

function rule(page, text, name) {
  return page.getByRole('checkbox', { name: text(`report.rule.${name}`), exact: true });
}

story('what was read automatically is shown and can be switched off', {}, async (scene) => {
  const { program, page, text } = scene;
  await page.goto('/data/import');
  await chooseFile(page, text, REPORT);
  const footer = rule(page, text, 'footer_lines');
  await footer.waitFor();
  assert.equal(await footer.isChecked(), true);
  // Where it was found, in the words of the file.
  await page.getByText('5 lines at the end of the report are no data.').click();
  await page.getByText('Confidential Information - Do Not Distribute').waitFor();

  await footer.uncheck();
  await page.getByText(text('report.automatic.off')).waitFor();
  await rule(page, text, 'blank_words').uncheck();
  await page.getByText(text('report.automatic.off')).nth(1).waitFor();
  // A reload loses nothing of it.
  await page.reload();
  await rule(page, text, 'blank_words').waitFor();
  assert.equal(await rule(page, text, 'blank_words').isChecked(), false);
  await footer.check();
  await page.getByText('5 lines at the end of the report are no data.').waitFor();

  // Texts whatever they look like.
  const amounts = page.getByLabel(text('import.values', { name: 'Amount' }));
  await amounts.selectOption('text');
  await rule(page, text, 'cell_currencies').waitFor({ state: 'detached' });
  await amounts.selectOption('');
  await rule(page, text, 'cell_currencies').waitFor();

  await goOnToImport(page, text);
  await startImport(page, text);
  const { automatic } = await program.get('/logs/1/versions/1/report');
  const rules = new Set(automatic.map((reading) => reading.rule));
  assert.equal(rules.has('footer_lines'), true);
  assert.equal(rules.has('blank_words'), false);
  await page.goto('/data/1/versions/1');
  await page.getByRole('heading', { name: text('report.automatic') }).waitFor();
  await page.getByText('5 lines at the end of the report are no data.').waitFor();
});
