// Does every page fit into a small window, without being pushed to and fro?

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { openCases, openVariants } from './lists.mjs';
import { mapDrawn, openMap } from './map.mjs';
import { story, testData } from './product.mjs';
import { LANGUAGES } from './texts.mjs';
import { tour, visit } from './tour.mjs';
import { settled } from './window.mjs';
import { chooseFile } from './wizard.mjs';

const WINDOWS = [
  { width: 390, height: 800 },
  { width: 1024, height: 700 },
];

for (const language of LANGUAGES) {
  story(`pages fit into small windows (${language})`, { language }, async (scene) => {
    const { program, page, text } = scene;
    const wide = [];
    const look = async (name) => {
      for (const size of WINDOWS) {
        await page.setViewportSize(size);
        await settled(page);
        const tooWide = await page.evaluate(() =>
          [document.documentElement, document.getElementById('content')]
            .filter((element) => element.scrollWidth > element.clientWidth)
            .map((element) => `${element.tagName} ${element.scrollWidth}`),
        );
        wide.push(...tooWide.map((fault) => `${name}, ${size.width}: ${fault}`));
      }
    };
    await page.goto('/data');
    await page.getByText(text('data.empty.title')).waitFor();
    await look('no data');
    await page.goto('/data/import');
    await chooseFile(page, text, testData('logs/shipped/commandes.csv'));
    const next = page.getByRole('button', { name: text('import.next.check') });
    await next.waitFor();
    await look('columns');
    await next.click();
    await page.getByRole('button', { name: text('import.next.import') }).waitFor();
    await look('check');

    const { log } = await program.demo({ deals: 100, name: 'Deals of a company with a long name' });
    await page.goto('/data');
    await page.getByRole('rowheader').first().waitFor();
    await look('logs');
    await page.goto(`/data/${log}`);
    await page.getByText(text('data.retention'), { exact: true }).waitFor();
    await look('versions');
    const file = testData('logs/shipped/commandes.csv');
    const { log: orders } = await program.import({ file, name: 'Commandes' });
    await page.goto(`/data/${orders}/versions/1`);
    await page.getByText(text('report.readings')).waitFor();
    await look('report');
    await openMap(page, log);
    await look('map');
    await page.goto(`/map/${log}?activity=Quote Issued`);
    await mapDrawn(page);
    await look('selection');
    await page.goto(`/map/${log}?table=true`);
    await page.getByRole('table').waitFor();
    await look('table');
    await openVariants(page, log, '?ranks=[2,9]');
    await look('variants');
    await openCases(page, log);
    await look('cases');
    await page.locator('[data-case]').first().press('Enter');
    await page.getByRole('complementary').locator('svg circle').first().waitFor();
    await look('case');
    assert.deepEqual(wide, []);
  });
}

/** As wide as a name of a file gets in practice. */
const LONG_NAME = `${'export-of-the-deals-of-all-regions-'.repeat(3)}2024.csv`;

for (const language of LANGUAGES) {
  for (const scheme of ['light', 'dark']) {
    const name = `the tray of jobs fits into small windows (${language}, ${scheme})`;
    story(name, { language, scheme }, async (scene) => {
      const { program, page, text } = scene;
      await program.demo({ deals: 20, name: 'Deals of a company with a long name' });
      const rows = await readFile(testData('logs/csv/ambiguous-dates.csv'));
      const failing = program.import({ file: { name: LONG_NAME, buffer: rows }, name: 'Dates' });
      await assert.rejects(failing, /ambiguous_date/);
      await page.goto('/data');
      await page.getByRole('button', { name: text('jobs.open', { count: 0 }) }).click();
      const tray = page.getByRole('dialog', { name: text('jobs.title') });
      await tray.getByText(text('jobs.state.failed')).waitFor();
      const link = tray.getByRole('link', { name: text('jobs.openMap') });
      for (const { width, height } of [...WINDOWS, { width: 1440, height: 900 }]) {
        await page.setViewportSize({ width, height });
        await settled(page);
        for (const part of [tray, link]) {
          const box = await part.boundingBox();
          assert.ok(0 <= box.x && box.x + box.width <= width, `${width}: ${JSON.stringify(box)}`);
          assert.ok(box.width <= 400, `it is ${box.width} wide`);
        }
        const hidden = await tray.evaluate((element) => element.scrollWidth - element.clientWidth);
        assert.equal(hidden, 0, 'nothing is cut off at its side');
      }
    });
  }
}

story('no text is too small to be read', { language: 'fr' }, async (scene) => {
  const { program, page, window } = scene;
  const { log } = await program.demo({ deals: 100, name: 'Deals' });
  const small = [];
  for (const one of tour(log)) {
    if (one.name === 'missing') window.provokes('404');
    await visit(page, one);
    const found = await page.evaluate(() =>
      [...document.querySelectorAll('body *')]
        .filter((part) => part.checkVisibility())
        .filter((part) => [...part.childNodes].some((node) => node.data?.trim()))
        .filter((part) => Number.parseFloat(getComputedStyle(part).fontSize) < 11)
        .map((part) => part.textContent),
    );
    small.push(...found.map((words) => `${one.name}: ${words}`));
  }
  assert.deepEqual(small, []);
});

story('the table of repeats shows all its columns', {}, async ({ program, page }) => {
  const { log } = await program.demo({ deals: 100, name: 'Deals' });
  await page.setViewportSize({ width: 1440, height: 900 });
  await page.goto(`/rework/${log}`);
  await page.locator('main table').first().waitFor();
  const hidden = await page.evaluate(() =>
    [...document.querySelectorAll('main section:has(> table)')]
      .filter((frame) => frame.scrollWidth > frame.clientWidth)
      .map((frame) => frame.ariaLabel),
  );
  assert.deepEqual(hidden, []);
});

story('the table of the map shows all its columns', { language: 'fr' }, async (scene) => {
  const { program, page } = scene;
  const { log } = await program.demo({ deals: 1000, name: 'Deals' });
  await page.setViewportSize({ width: 1440, height: 900 });
  await page.goto(`/map/${log}?table=true`);
  const frame = page.locator('section:has(> table)').first();
  await frame.locator('tbody tr').first().waitFor();
  const [has, needs] = await frame.evaluate((one) => [one.clientWidth, one.scrollWidth]);
  assert.ok(needs <= has, `${needs} of ${has}`);
});

story('the name of the log has room beside its views', {}, async ({ program, page }) => {
  const { log } = await program.demo({ deals: 100, name: 'Lead to cash of EMEA' });
  await page.setViewportSize({ width: 768, height: 900 });
  await openMap(page, log);
  const name = page.getByRole('banner').getByText('Lead to cash of EMEA');
  assert.ok(await name.evaluate((one) => one.scrollWidth <= one.clientWidth));
});

story('an enlarged page begins with its title', {}, async ({ program, page }) => {
  const { log } = await program.demo({ deals: 100, name: 'Deals' });
  // A window of 1,440 by 900, enlarged to twice its size.
  await page.setViewportSize({ width: 720, height: 450 });
  for (const place of ['throughput', 'people', 'dotted']) {
    await page.goto(`/${place}/${log}`);
    await page.locator('[data-busy="false"]').first().waitFor();
    const top = (part) =>
      page
        .locator(part)
        .first()
        .evaluate((one) => one.getBoundingClientRect().top);
    const title = await top('main h1');
    assert.ok(title < (await top('main label, main input')), place);
    assert.ok((await top('main h2')) - title < 220, place);
  }
});
