// Is the frame around the pages whole in every window: the rail, what can be saved, notices?

import assert from 'node:assert/strict';
import { activity, openMap } from './map.mjs';
import { ORDERS } from './orders.mjs';
import { story } from './product.mjs';
import { replayAt, replayBar, replayDrawn } from './replay.mjs';
import { LANGUAGES } from './texts.mjs';
import { settled } from './window.mjs';

const WINDOWS = [
  { width: 1440, height: 900 },
  { width: 1024, height: 700 },
  { width: 900, height: 700 },
  { width: 390, height: 800 },
];

for (const language of LANGUAGES) {
  const title = `the names of the places are whole, and no word is broken (${language})`;
  story(title, { language }, async ({ program, page }) => {
    const { log } = await program.import({ file: ORDERS, name: 'Orders' });
    await openMap(page, log);
    for (const size of WINDOWS) {
      await page.setViewportSize(size);
      await settled(page);
      assert.deepEqual(await page.evaluate(brokenNames, language), [], `${size.width}`);
    }
  });
}

/** Names of places that are cut, or that go on in the next line within a word. */
function brokenNames(language) {
  const faults = [];
  for (const name of document.querySelectorAll('nav a span')) {
    const node = name.firstChild;
    const place = name.closest('a');
    const isCut =
      name.scrollWidth > place.clientWidth + 1 || name.scrollHeight > place.clientHeight;
    if (isCut) faults.push(`${node.data} is cut`);
    const words = new Intl.Segmenter(language, { granularity: 'word' }).segment(node.data);
    // A word of Japanese is all of the name: none has more than one.
    const parts =
      language === 'ja'
        ? [{ index: 0, segment: node.data }]
        : [...words].filter(({ isWordLike }) => isWordLike);
    for (const { index, segment } of parts) {
      const range = document.createRange();
      range.setStart(node, index);
      range.setEnd(node, index + segment.length);
      const lines = new Set([...range.getClientRects()].map(({ top }) => Math.round(top)));
      if (lines.size > 1) faults.push(`${node.data} is broken within ${segment}`);
    }
  }
  return faults;
}

for (const language of LANGUAGES) {
  story(`a view can be saved in every window (${language})`, { language }, async (scene) => {
    const { program, page, text } = scene;
    const { log } = await program.import({ file: ORDERS, name: 'Orders' });
    await openMap(page, log);
    const save = page.getByRole('button', { name: text('views.save'), exact: true });
    for (const size of WINDOWS) {
      await page.setViewportSize(size);
      await settled(page);
      const list = page.getByRole('button', { name: text('views.title'), exact: true });
      await list.waitFor();
      if (!(await save.isVisible())) await list.click();
      await save.click();
      const dialog = page.getByRole('dialog', { name: text('views.save.title') });
      await dialog.getByLabel(text('views.name'), { exact: true }).waitFor();
      await page.keyboard.press('Escape');
      await dialog.waitFor({ state: 'detached' });
      const cut = await list.evaluate((button) =>
        [...button.querySelectorAll('span')].some((one) => one.scrollWidth > one.clientWidth + 1),
      );
      assert.equal(cut, false, `the name of the list at ${size.width}`);
    }
  });
}

story(
  'the first Tab leads past the places, which keep the current one in sight',
  {},
  async (scene) => {
    const { program, page, text } = scene;
    const { log } = await program.import({ file: ORDERS, name: 'Orders' });
    const skip = page.getByRole('link', { name: text('shell.skip') });
    for (const path of [`/overview/${log}`, `/compare/${log}`, `/data/${log}`]) {
      await page.goto(`${path}`);
      await page.locator('nav [aria-current="page"]').first().waitFor();
      await settled(page);
      await page.keyboard.press('Tab');
      assert.ok(await skip.evaluate((one) => one === document.activeElement), path);
    }
    await page.keyboard.press('Enter');
    assert.equal(await page.evaluate(() => document.activeElement.id), 'content');
    // In a narrow window, where the places stand beside each other and not all have room.
    await page.setViewportSize({ width: 390, height: 800 });
    await page.goto(`/compare/${log}`);
    const here = page.locator('nav [aria-current="page"]').first();
    await here.waitFor();
    await settled(page);
    const { x, width } = await here.boundingBox();
    assert.ok(x >= 0 && x + width <= 390, `${x} ${width}`);
  },
);

story('a notice covers neither bar nor buttons, and goes by key', {}, async (scene) => {
  const { program, page, text } = scene;
  const { log } = await program.demo({ deals: 100, name: 'Deals' });
  const notice = page.getByRole('alert').filter({ hasText: text('map.export.linked') });
  for (const size of WINDOWS) {
    await page.setViewportSize(size);
    await openMap(page, log, replayAt());
    await replayDrawn(page, text);
    await page.getByRole('button', { name: text('map.export'), exact: true }).click();
    await page.getByRole('menuitem', { name: text('map.export.link') }).click();
    await notice.waitFor();
    await settled(page);
    const [box, bar, tools, rail] = await Promise.all(
      [
        notice,
        replayBar(page, text).locator('> div'),
        page.getByRole('toolbar'),
        page.getByRole('navigation', { name: text('shell.main') }),
      ].map((one) => one.boundingBox()),
    );
    for (const other of [bar, tools, rail]) {
      assert.equal(isOver(box, other), false, `${size.width}: ${JSON.stringify([box, other])}`);
    }
    assert.ok(0 <= box.x && box.x + box.width <= size.width, JSON.stringify(box));
    await notice.getByRole('button', { name: text('action.close'), exact: true }).waitFor();
    // What the page itself closes by this key goes first.
    const help = page.getByRole('dialog', { name: text('map.help.title') });
    await page.keyboard.press('?');
    await help.waitFor();
    await page.keyboard.press('Escape');
    await help.waitFor({ state: 'detached' });
    assert.equal(await notice.isVisible(), true);
    await page.keyboard.press('Escape');
    await notice.waitFor({ state: 'detached' });
  }
});

function isOver(one, other) {
  return (
    one.x < other.x + other.width &&
    other.x < one.x + one.width &&
    one.y < other.y + other.height &&
    other.y < one.y + one.height
  );
}

for (const language of LANGUAGES) {
  const title = `a version that is not there says which there are (${language})`;
  story(title, { language }, async ({ program, window, page, text }) => {
    const { log } = await program.import({ file: ORDERS, name: 'Orders' });
    window.provokes('404');
    await page.goto(`/map/${log}?version=999`);
    const alert = page.getByRole('alert');
    await alert.getByText(text('map.noVersion.title', { number: '999', log: 'Orders' })).waitFor();
    await alert.getByText(text('map.noVersion.detail', { count: 1, versions: '1' })).waitFor();
    const all = alert.getByRole('link', { name: text('map.noVersion.all') });
    assert.match(await all.getAttribute('href'), new RegExp(`/data/${log}$`));
    assert.deepEqual(await window.accessibilityFaults(), []);
    await alert.getByRole('button', { name: text('map.noVersion.open', { number: '1' }) }).click();
    await activity(page, 'order').waitFor();
    assert.equal(new URL(page.url()).search, '');
  });
}

for (const language of LANGUAGES) {
  story(`figures beside the map are whole (${language})`, { language }, async (scene) => {
    const { program, page, text } = scene;
    const { log } = await program.demo({ deals: 100, name: 'Deals' });
    await openMap(page, log);
    await page.getByText(text('map.waits'), { exact: true }).waitFor();
    for (const size of WINDOWS) {
      await page.setViewportSize(size);
      await settled(page);
      const cut = await page.evaluate(() =>
        [...document.querySelectorAll('aside *')]
          .filter((one) => one.childElementCount === 0 && one.textContent !== '')
          .filter((one) => one.scrollWidth > one.clientWidth + 1 && one.clientWidth > 2)
          .filter((one) => getComputedStyle(one).overflowX !== 'visible')
          .map((one) => one.textContent),
      );
      assert.deepEqual(cut, [], `at ${size.width}`);
    }
  });
}
