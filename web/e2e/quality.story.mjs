// Does the page "Data quality" say what the server found, and lead to the cases and rows?

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { filtersIn } from './explore.mjs';
import { story, testData } from './product.mjs';
import { LANGUAGES } from './texts.mjs';
import { chooseFile } from './wizard.mjs';

const DEALS = { deals: 400, name: 'Deals' };

for (const language of LANGUAGES) {
  story(
    `rules and figures are told, with a way to mend them (${language})`,
    { language },
    async (scene) => {
      const { program, window, page, text } = scene;
      const { log } = await program.demo(DEALS);
      const base = `/logs/${log}/versions/1`;
      const quality = await program.get(`${base}/quality`);
      await page.goto(`/quality/${log}`);
      await page.getByRole('heading', { name: text('quality.title'), level: 1 }).waitFor();
      const reason = page.getByRole('article').filter({ hasText: 'DQ-31' });
      const found = quality.findings.find(({ rule }) => rule === 'DQ-31');
      await reason
        .getByText(text('quality.inCases', { cases: found.cases }), { exact: true })
        .waitFor();
      assert.equal(await page.getByRole('article').count(), quality.findings.length);

      // The rows are a file, one line for each and one for the names.
      const [file] = await Promise.all([
        page.waitForEvent('download'),
        reason.getByRole('link', { name: text('quality.rows') }).click(),
      ]);
      const lines = (await readFile(await file.path(), 'utf8')).trimEnd().split('\r\n');
      assert.equal(lines.length, found.count + 1);

      // All that can be used on the page, open and closed, light and dark.
      for (const details of await page.locator('details > summary').all()) await details.click();
      assert.deepEqual(await window.accessibilityFaults(page), []);

      await reason
        .getByRole('link', { name: text('quality.cases', { cases: found.cases }) })
        .click();
      await page.waitForURL(/\/cases\//);
      assert.deepEqual(filtersIn(page.url()), found.filters);
      await page.goBack();

      const coverage = await program.get(`${base}/coverage?template=hubspot`);
      await page.getByRole('button', { name: text('quality.tab.figures') }).click();
      await page.getByRole('combobox', { name: text('quality.template') }).click();
      await page.getByRole('option', { name: 'HubSpot' }).click();
      await page.waitForURL(/template=hubspot/);
      await page.getByRole('rowheader', { name: /^K9 / }).waitFor();
      const figures = coverage.figures.filter(({ kind }) => kind === 'kpi').length;
      const kpis = page.getByRole('table', { name: text('quality.kind.kpi') });
      assert.equal(await kpis.getByRole('rowheader').count(), figures);
      assert.deepEqual(await window.accessibilityFaults(page), []);
    },
  );
}

story('a file is told what it breaks before it is imported', {}, async ({ page, text }) => {
  await page.goto('/data/import');
  await chooseFile(page, text, testData('logs/shipped/commandes.csv'));
  await page.getByRole('button', { name: text('import.next.check') }).click();
  await page
    .locator('summary')
    .filter({ hasText: text('quality.title') })
    .click();
  await page.getByRole('article').filter({ hasText: 'DQ-13' }).waitFor();
});
