// Does a map that leaves the screen, as a picture or on paper, say what it shows?

import assert from 'node:assert/strict';
import { openMap, view } from './map.mjs';
import { story } from './product.mjs';
import { settled } from './window.mjs';

const DEALS = { deals: 150, name: 'Deals' };
const WITH_QUOTE = [{ kind: 'activity_contains', activities: ['Quote Issued'] }];
const SEARCH = `?metric=median&filters=${encodeURIComponent(JSON.stringify(WITH_QUOTE))}`;

async function exported(page, text, kind) {
  await page.getByRole('button', { name: text('map.export'), exact: true }).click();
  const downloading = page.waitForEvent('download');
  await page.getByRole('menuitem', { name: text(`map.export.${kind}`) }).click();
  const download = await downloading;
  const chunks = [];
  for await (const chunk of await download.createReadStream()) chunks.push(chunk);
  return { name: download.suggestedFilename(), bytes: Buffer.concat(chunks) };
}

story('a picture of the map says what was looked at', {}, async (scene) => {
  const { program, page, text } = scene;
  const { log, version } = await program.demo(DEALS);
  await openMap(page, log, SEARCH);
  const { activities, cases } = await program.map(version);
  const some = activities.find((one) => one.activity === 'Quote Issued').cases;

  const file = await exported(page, text, 'svg');
  assert.equal(file.name, 'Deals 1.svg');
  const { words, faults } = await page.evaluate((source) => {
    const read = new DOMParser().parseFromString(source, 'image/svg+xml');
    const words = [...read.querySelectorAll('text')].map((one) => one.textContent);
    return { words, faults: read.querySelectorAll('parsererror, script').length };
  }, file.bytes.toString('utf8'));
  assert.equal(faults, 0);
  assert.equal(words[0], 'Deals');
  assert.ok(words[1].startsWith(text('map.caption.some', { cases: some, total: cases })), words[1]);
  assert.ok(words[1].includes(text('shell.log.version', { number: '1' })), words[1]);
  assert.ok(words[1].endsWith(text('map.metric.median')), words[1]);
  const names = 'Quote Issued';
  assert.equal(words[2], text('filters.says.activity_contains', { mode: 'any', names }));
  const metric = text('map.metric.median');
  assert.equal(words[3], text('map.legend.time.wait', { metric }));
  // All of the drawing is on the picture.
  const drawn = await page.locator('[data-activity]').count();
  assert.equal(words.filter((one) => one.trim() === 'Quote Issued').length, 1);
  assert.ok(words.length > drawn);

  const png = await exported(page, text, 'png');
  assert.deepEqual([...png.bytes.subarray(1, 4)], [...Buffer.from('PNG')]);
});

story(
  'on paper the map is whole, light, and says what it shows',
  { scheme: 'dark' },
  async (scene) => {
    const { program, page, text } = scene;
    const { log } = await program.demo(DEALS);
    await page.setViewportSize({ width: 1024, height: 700 });
    await openMap(page, log, SEARCH);
    await settled(page);
    const before = await view(page);
    const darkness = () =>
      page.locator('[data-activity="Quote Issued"] rect').nth(1).getAttribute('fill');
    const onScreen = await darkness();

    // The browser says so before it prints; the size of the page is that of A4 across.
    await page.evaluate(() => dispatchEvent(new Event('beforeprint')));
    await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
    await page.setViewportSize({ width: 1032, height: 703 });
    const line = page.getByText(text('shell.log.version', { number: '1' }), { exact: false });
    await line.last().waitFor();
    assert.equal(await page.getByRole('toolbar').isVisible(), false);
    assert.notEqual(await darkness(), onScreen, 'the colours of the light theme');
    const out = await page.evaluate(() => {
      const paper = { right: innerWidth, bottom: innerHeight };
      const legend = document.querySelector('details').getBoundingClientRect();
      return [...document.querySelectorAll('[data-activity] rect')]
        .map((one) => one.getBoundingClientRect())
        .filter(
          ({ left, right, bottom }) =>
            right > paper.right || bottom > paper.bottom || left < legend.right,
        ).length;
    });
    assert.equal(out, 0, 'activities off the page or under the legend');

    await page.evaluate(() => dispatchEvent(new Event('afterprint')));
    await page.emulateMedia({ media: 'screen', colorScheme: 'dark' });
    await page.setViewportSize({ width: 1024, height: 700 });
    await settled(page);
    assert.equal(await view(page), before);
    assert.equal(await darkness(), onScreen);
  },
);
