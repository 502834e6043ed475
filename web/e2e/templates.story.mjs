// Does somebody without a file find a data template, read what it asks for, and download it?

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { story, testData } from './product.mjs';
import { LANGUAGES } from './texts.mjs';
import { chooseFile, goOnToImport, startImport } from './wizard.mjs';

/** The bytes of what is downloaded by a click, and its name. */
async function downloaded(page, name) {
  const downloading = page.waitForEvent('download');
  await page.getByRole('link', { name, exact: true }).click();
  const download = await downloading;
  return { name: download.suggestedFilename(), path: await download.path() };
}

async function serverSays(program, path) {
  const response = await fetch(`${program.address}/api/v1${path}`);
  assert.equal(response.status, 200);
  return Buffer.from(await response.arrayBuffer());
}

for (const language of LANGUAGES) {
  story(
    `a data template is found, read, downloaded and recognised (${language})`,
    { language },
    async ({ program, window, page, text }) => {
      await page.goto('/data');
      await page.getByRole('link', { name: text('data.templates.take') }).click();
      await page.waitForURL(/\/data\/templates/);
      await page.getByLabel(text('templates.system')).selectOption('hubspot');
      await page.waitForURL(/system=hubspot/);
      const columns = page.getByRole('table', { name: text('templates.columns') }).first();
      assert.equal(await columns.locator('tbody tr').count(), 21);
      const activities = page.locator('tr[id^="activity-"]');
      assert.equal(await activities.count(), 14);
      assert.deepEqual(await window.accessibilityFaults(page), []);

      const workbook = await downloaded(page, text('templates.xlsx'));
      assert.equal(workbook.name, `paydirt-hubspot-1.0-${language}.xlsx`);
      const path = `/templates/hubspot?language=${language}`;
      assert.deepEqual(await readFile(workbook.path), await serverSays(program, path));
      const archive = await downloaded(page, text('templates.csv'));
      assert.equal(archive.name, `paydirt-hubspot-1.0-${language}.zip`);
      const packed = await serverSays(program, `${path}&format=csv`);
      assert.deepEqual(await readFile(archive.path), packed);

      // One that was filled in comes in as it is: its events are found, and nothing is mapped.
      await page.goto('/data/import');
      await page.getByRole('link', { name: text('data.templates.open') }).waitFor();
      await chooseFile(page, text, testData('templates/hubspot-fr-libreoffice.xlsx'));
      await goOnToImport(page, text);
      await startImport(page, text);
      const { logs } = await program.get('/logs');
      assert.equal(logs[0].current.events, 8);
    },
  );
}

story(
  'a template is chosen by keyboard, in another language, and its address kept',
  {},
  async (scene) => {
    const { page, text } = scene;
    await page.goto('/data/templates?system=salesforce');
    const french = page.getByRole('radio', { name: 'Français' });
    await page.getByRole('radio', { name: 'English' }).focus();
    await page.keyboard.press('ArrowRight');
    await page.waitForURL(/language=fr/);
    assert.equal(await french.isChecked(), true);
    await page.getByText('Propriétaire de l’opportunité', { exact: false }).first().waitFor();
    const link = page.getByRole('link', { name: text('templates.xlsx') });
    assert.match(
      await link.getAttribute('href'),
      /templates\/salesforce\?language=fr&format=xlsx$/,
    );
    await page.reload();
    await french.waitFor({ state: 'attached' });
    assert.equal(await french.isChecked(), true);
  },
);

story('an address points at a line of a template', {}, async ({ page }) => {
  await page.goto('/data/templates?system=generic#activity-PaymentReceived');
  const line = page.locator('#activity-PaymentReceived');
  await line.waitFor();
  assert.equal(await line.getAttribute('aria-current'), 'true');
  await page.waitForFunction(() => {
    const box = document.getElementById('activity-PaymentReceived').getBoundingClientRect();
    return box.top > 0 && box.bottom < innerHeight;
  });
  await page.goto('/data/templates?system=hubspot#attribute-LeadSource');
  await page.locator('#attribute-LeadSource[aria-current]').waitFor();
});
