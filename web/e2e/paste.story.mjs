// Can a table be pasted, and does the check say what comes again?

import assert from 'node:assert/strict';
import { story } from './product.mjs';
import { goOnToImport, openMap, roleField, startImport } from './wizard.mjs';

/** Cells as a spreadsheet copies them: three deals, one event twice, one deal with one event. */
const CELLS = [
  'Deal\tStep\tAt',
  'A\tCreated\t2024-05-01 09:00',
  'A\tWon\t2024-05-02 09:00',
  'A\tWon\t2024-05-02 09:00',
  'B\tCreated\t2024-05-01 10:00',
  'B\tLost\t2024-05-03 10:00',
  'C\tCreated\t2024-05-04 11:00',
  '',
].join('\r\n');

async function copy(page, table) {
  await page.evaluate((cells) => navigator.clipboard.writeText(cells), table);
}

function pasteButton(page, text) {
  return page.getByRole('button', { name: text('import.paste.button') });
}

async function atColumns(page, text) {
  await roleField(page, text, 'case').waitFor();
}

for (const language of ['en', 'fr', 'ja']) {
  story(
    `a table is pasted with the keys and imported (${language})`,
    { language },
    async (scene) => {
      const { program, page, text } = scene;
      await page.goto('/data/import');
      await pasteButton(page, text).waitFor();
      await copy(page, CELLS);
      await page.keyboard.press('ControlOrMeta+V');
      await atColumns(page, text);
      await page.getByText(`${text('import.paste.file')}.tsv`).waitFor();

      await page.getByRole('button', { name: text('import.next.check') }).click();
      const repeated = text('import.doubt.repeated-event', { count: 1, shown: text.number(1) });
      const warning = page.getByRole('alert').filter({ hasText: repeated });
      await warning.getByText('A · Won · 2024-05-02T09:00:00Z').waitFor();
      const single = page.getByRole('alert').filter({
        hasText: text('import.single', {
          count: 1,
          shown: text.number(1),
          share: text.percent(1 / 3),
        }),
      });
      assert.match(await single.innerText(), /\nC$/);

      await page.getByRole('button', { name: text('import.next.import') }).click();
      const name = page.getByLabel(text('data.name'));
      assert.equal(await name.inputValue(), text('import.paste.file'));
      await startImport(page, text);
      const [log] = (await program.get('/logs')).logs;
      assert.deepEqual([log.current.cases, log.current.events], [3, 6], 'nothing was removed');
      await openMap(page, text);
    },
  );
}

story('a table is pasted with the button, and what is no table is said', {}, async (scene) => {
  const { page, text } = scene;
  await page.goto('/data/import');
  await pasteButton(page, text).waitFor();
  await copy(page, 'only a sentence');
  await pasteButton(page, text).focus();
  await page.keyboard.press('Enter');
  await page
    .getByRole('alert')
    .filter({ hasText: text('import.paste.none') })
    .waitFor();
  await copy(page, CELLS.replaceAll('\t', ','));
  await page.keyboard.press('Enter');
  await atColumns(page, text);
  await page.getByText(`${text('import.paste.file')}.csv`).waitFor();
});

story('where the clipboard may not be read, a field takes the table', {}, async (scene) => {
  const { page, text } = scene;
  await page.goto('/data/import');
  await copy(page, CELLS);
  await page.evaluate(() => {
    navigator.clipboard.readText = () => Promise.reject(new DOMException('no', 'NotAllowedError'));
  });
  await pasteButton(page, text).click();
  const field = page.getByRole('textbox', { name: text('import.paste.field') });
  await field.waitFor();
  const take = page.getByRole('button', { name: text('import.paste.take') });
  assert.equal(await take.isEnabled(), false);
  // The field has the focus: what is pasted stays in it until it is taken.
  await page.keyboard.press('ControlOrMeta+V');
  await page.waitForFunction(() => document.activeElement?.value?.includes('Created'));
  await take.click();
  await goOnToImport(page, text);
});

story('a table without names of columns is pasted, and that is said', {}, async (scene) => {
  const { page, text } = scene;
  await page.goto('/data/import');
  await pasteButton(page, text).waitFor();
  await copy(page, 'A\tCreated\t2024-05-01\nA\tWon\t2024-05-02\nB\tWon\t2024-05-03\n');
  await pasteButton(page, text).click();
  const names = page.getByLabel(text('import.reading.header'), { exact: true });
  await names.selectOption({ label: text('import.reading.header.first_row') });
  await page.getByRole('heading', { level: 3, name: '2024-05-01', exact: true }).waitFor();
  await names.selectOption({ label: text('import.reading.header.none') });
  await page.getByRole('heading', { level: 3, name: 'column 3', exact: true }).waitFor();
  await page.getByText(text('import.head', { count: 3 })).waitFor();
});
