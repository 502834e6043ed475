// What does somebody see whose file cannot be read? A sentence in their language, and a way on.

import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before } from 'node:test';
import { gzipSync } from 'node:zlib';
import { mapDrawn } from './map.mjs';
import { story, testData } from './product.mjs';
import { LANGUAGES } from './texts.mjs';
import { chooseFile, goOnToImport, openMap, startImport } from './wizard.mjs';

let folder;

before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'paydirt-broken-'));
  const whole = gzipSync(await readFile(testData('logs/shipped/loans.xes')));
  await writeFile(join(folder, 'half.xes.gz'), whole.subarray(0, whole.length / 2));
  const picture = new URL('../../docs/pictures/process-map.png', import.meta.url);
  await writeFile(join(folder, 'picture.csv'), await readFile(picture));
  await writeFile(join(folder, 'empty.csv'), '');
});

after(() => rm(folder, { recursive: true, force: true }));

/** What the server calls the problem of a file; its code says the same in every language. */
const FILES = {
  'half.xes.gz': 'damaged_file',
  'picture.csv': 'unknown_format',
  'empty.csv': 'nothing_usable',
};

for (const language of LANGUAGES) {
  story(`files that are broken are explained (${language})`, { language }, async (scene) => {
    const { program, page, text } = scene;
    const seen = new Set();
    for (const [name, code] of Object.entries(FILES)) {
      await page.goto('/data/import');
      await chooseFile(page, text, join(folder, name));
      const alert = page.getByRole('main').getByRole('alert');
      await alert.getByText(text('failure.problem.code', { code })).waitFor();
      // The buttons and names around it are the page's; the title and the sentence are the server's.
      const title = await alert.getByRole('heading').innerText();
      const sentence = await alert.getByRole('paragraph').first().innerText();
      assert.notEqual(title, code, `${name}: a code is no title`);
      assert.match(sentence, SCRIPT[language], `${name}: "${sentence}" is not ${language}`);
      seen.add(sentence);
    }
    assert.equal(seen.size, Object.keys(FILES).length, 'each file has an explanation of its own');
    assert.deepEqual(await program.get('/logs'), { logs: [] });

    // The page goes on working: another file is chosen, and it becomes a map.
    await page.goto('/data/import');
    await chooseFile(page, text, testData('logs/shipped/loans.xes'));
    await goOnToImport(page, text);
    await startImport(page, text);
    await openMap(page, text);
    await mapDrawn(page);
  });
}

/** Words that no other of the three languages has. */
const SCRIPT = {
  en: /\b(the|is|was|file)\b/i,
  fr: /\b(le|la|les|un|une|des|fichier|est|sont)\b/i,
  ja: /[ぁ-ん]/,
};
