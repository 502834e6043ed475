// Does a workbook go the whole way, from the drop to the log, in every format and language?

import assert from 'node:assert/strict';
import { story, testData } from './product.mjs';
import { LANGUAGES } from './texts.mjs';
import { chooseFile, dropFile, goOnToImport, startImport } from './wizard.mjs';

const FORMATS = ['xlsx', 'xls', 'ods'];
const HIDDEN = { en: 'hidden', fr: 'masquée', ja: '非表示' };

function workbook(format) {
  return testData(`workbooks/report-libreoffice.${format}`);
}

/** The choice of a sheet, once the file has been looked at. */
async function sheetField(page, text) {
  const field = page.getByLabel(text('import.reading.sheet'));
  await field.waitFor();
  return field;
}

for (const [idx, language] of LANGUAGES.entries()) {
  const format = FORMATS[idx % FORMATS.length];
  story(
    `an ${format} workbook is dropped, another sheet looked at, and imported (${language})`,
    { language },
    async ({ program, page, text }) => {
      await page.goto('/data/import');
      const place = page.getByText(text('upload.formats'));
      await dropFile(page, text, place, workbook(format));
      const field = await sheetField(page, text);
      const offered = await field.locator('option').allInnerTexts();
      assert.equal(offered.length, 4, offered.join(' | '));
      assert.ok(offered[2].startsWith('Deals 2024'), offered[2]);
      assert.ok(offered[3].startsWith('Lists ('), offered[3]);
      assert.ok(offered[3].includes(HIDDEN[language]), offered[3]);

      // A sheet without events says so, and the way back is open.
      await field.selectOption('Read me');
      const next = page.getByRole('button', { name: text('import.next.check') });
      await page.getByText(text('import.columns.open')).waitFor();
      assert.equal(await next.isEnabled(), false);
      await (await sheetField(page, text)).selectOption('Deals 2024');
      await page.getByLabel(text('import.reading.header')).selectOption('5');
      await page.waitForURL(/header_row/);
      await goOnToImport(page, text);
      await startImport(page, text);
      const { logs } = await program.get('/logs');
      assert.equal(logs[0].current.events, 4);
    },
  );
}

story('a doubt about a value names its cell', {}, async ({ page, text }) => {
  await page.goto('/data/import');
  await chooseFile(page, text, testData('workbooks/script.xlsb'));
  await page.getByRole('button', { name: text('import.next.check') }).click();
  await page.getByRole('cell', { name: 'Events!H2', exact: true }).waitFor();
});

story('a protected workbook is refused in clear words', {}, async ({ page, text }) => {
  await page.goto('/data/import');
  await chooseFile(page, text, testData('workbooks/protected.xlsx'));
  await page.getByText('protected by a password').waitFor();
});
