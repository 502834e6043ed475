// What is a story? A program with an empty data folder, a browser on it, and a tale of both.
//
// Whatever happens, both are gone at its end. A story passes only when the browser saw no fault.

import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import test from 'node:test';
import { fileURLToPath } from 'node:url';
import { Program } from './program.mjs';
import { texts } from './texts.mjs';
import { Window } from './window.mjs';

/** A story with a program and a window of its own; `settings` are those of the window. */
export function story(name, settings, tell) {
  test(name, async (told) => {
    const program = await Program.start();
    let window;
    try {
      window = await Window.open(program.address, settings);
      const text = await texts(settings.language ?? 'en');
      await tell({ program, window, page: window.page, text, told });
      assert.deepEqual(window.unprovoked(), [], 'the browser saw faults');
    } catch (error) {
      if (window) await keepPicture(window.page, name, told);
      throw error;
    } finally {
      await window?.close();
      await program.remove();
    }
  });
}

/** What the page looked like when the story failed. */
async function keepPicture(page, name, told) {
  const folder = process.env.PAYDIRT_STORY_PICTURES;
  if (!folder) return;
  const path = join(folder, `${name.replaceAll(/[^a-z0-9]+/gi, '-')}.png`);
  await page.screenshot({ path });
  told.diagnostic(`the page at ${page.url()} when it failed: ${path}`);
}

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

/** A file of the repository's test data. */
export function testData(path) {
  return join(ROOT, 'testdata', path);
}

/** A public log, where the folder of reference data is there; `undefined` where it is not. */
export function referenceData(path) {
  const folder = process.env.PAYDIRT_REFERENCE_DATA ?? join(ROOT, '../shared/data');
  const file = join(folder, path);
  return existsSync(file) ? file : undefined;
}
