// Can two groups of cases be compared: figures, maps that move together, differences, their cases?

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { answered, answerOf, filtersIn, openPage } from './explore.mjs';
import { activity, openMap } from './map.mjs';
import { LATER_ORDERS, ORDERS } from './orders.mjs';
import { story } from './product.mjs';
import { LANGUAGES } from './texts.mjs';
import { settled, shownIn } from './window.mjs';

const DEALS = { deals: 400, name: 'Deals' };

function region(value) {
  return { kind: 'attribute_in', attribute: 'SalesRegion', values: [value] };
}

const EMEA = region('EMEA');

/** The page with both maps, or the map of differences, drawn. */
async function openCompared(page, log, search) {
  await openPage(page, 'compare', log, search);
  await page.locator('[data-busy="false"] [data-activity]').first().waitFor();
}

story('two regions are compared, and lead to the cases of a difference', {}, async (scene) => {
  const { program, page, text } = scene;
  const { log, version } = await program.demo(DEALS);
  await openPage(page, 'compare', log);
  const way = page.getByRole('region', { name: text('compare.start.values') });
  await way.getByRole('combobox', { name: text('compare.start.attribute') }).click();
  await page.getByRole('option', { name: 'SalesRegion', exact: true }).click();
  for (const [side, value] of [
    ['a', 'APAC'],
    ['b', 'EMEA'],
  ]) {
    await way.getByRole('combobox', { name: text(`compare.side.${side}`) }).click();
    await page.getByRole('option', { name: new RegExp(`^${value} `) }).click();
  }
  await way.getByRole('button', { name: text('compare.start.go') }).click();
  await page.waitForURL((url) => url.searchParams.has('b'));

  const [a, b] = [[region('APAC')], [EMEA]];
  const answer = await answerOf(program, version, 'comparison', { a, b });
  const totals = page.getByRole('table', { name: text('compare.totals') });
  for (const side of ['a', 'b']) {
    const cases = text.number(answer[side].cases);
    await totals.getByRole('link', { name: cases, exact: true }).waitFor();
  }
  // Every figure of the page is that of the question.
  const alone = await answerOf(program, version, 'summary', {}, a);
  assert.deepEqual(
    [answer.a.cases, answer.a.events, answer.a.case_duration_s],
    [alone.cases, alone.events, alone.case_duration_s],
  );

  await page.getByText(text('compare.show.difference'), { exact: true }).click();
  await page.waitForURL(/show=difference/);
  // The activity that differs most is the first that the question ranks.
  const [first] = answer.activities;
  await page
    .getByRole('button', { name: new RegExp(`^${first.activity} [\\d.]+ points? more in [AB]$`) })
    .click();
  await page.waitForURL(/activity=/);
  await page.getByRole('heading', { name: first.activity, exact: true }).waitFor();
  await page.getByRole('link', { name: text('compare.open.a', { count: first.a.cases }) }).click();
  await page.waitForURL(new RegExp(`/cases/${log}`));
  const left = await answerOf(program, version, 'summary', {}, filtersIn(page.url()));
  assert.equal(left.cases, first.a.cases);
});

story('both maps move, point and select together', {}, async ({ program, page, text }) => {
  const { log } = await program.demo(DEALS);
  await openCompared(page, log, { a: [EMEA] });
  const worlds = page.locator('[data-world]');
  assert.equal(await worlds.count(), 2);
  const places = () => worlds.evaluateAll((all) => all.map((one) => one.getAttribute('transform')));
  const same = async () => {
    const [left, right] = await places();
    assert.equal(left, right);
    return left;
  };
  const before = await same();
  await page.getByRole('button', { name: text('map.tools.zoomIn') }).click();
  assert.notEqual(await same(), before);
  const maps = page.locator('[data-side] svg[role="group"]');
  const box = await maps.nth(1).boundingBox();
  await page.mouse.move(box.x + 20, box.y + box.height - 20);
  await page.mouse.down();
  await page.mouse.move(box.x + 90, box.y + box.height - 60, { steps: 4 });
  await page.mouse.up();
  assert.notEqual(await same(), before);
  await page.keyboard.press('0');
  await same();

  // The layout is one for both.
  const nodes = (side) =>
    maps
      .nth(side)
      .locator('[data-activity]')
      .evaluateAll((all) => all.map((one) => [one.dataset.activity, one.style.transform]));
  assert.deepEqual(await nodes(0), await nodes(1));

  await activity(page, 'Quote Issued').first().hover();
  const other = activity(page, 'Lead Captured').nth(1);
  await page.waitForFunction((node) => node.dataset.tone === 'faint', await other.elementHandle());
  await activity(page, 'Quote Issued').nth(1).click();
  await page.waitForURL(/activity=/);
  assert.equal(await page.locator('[data-activity][aria-pressed="true"]').count(), 2);
  await page.keyboard.press('Escape');
  await page.waitForURL((url) => !url.searchParams.has('activity'));
});

story(
  'a selection on the map is compared with the rest, and sides change places',
  {},
  async (scene) => {
    const { program, page, text } = scene;
    const { log, version } = await program.demo(DEALS);
    await openMap(page, log, `?filters=${JSON.stringify([EMEA])}`);
    await page.getByRole('link', { name: text('filters.compare') }).click();
    await page.waitForURL(new RegExp(`/compare/${log}`));
    await answered(page);
    const search = new URL(page.url()).searchParams;
    assert.deepEqual(JSON.parse(search.get('a')), [EMEA]);
    assert.equal(search.get('filters'), null);
    const { cases } = await answerOf(program, version, 'summary', {}, [{ not: EMEA }]);
    const bar = page.getByRole('region', { name: text('compare.side.b'), exact: true });
    await bar.getByText(text('compare.rest'), { exact: true }).waitFor();
    const link = bar.getByRole('link');
    assert.deepEqual(filtersIn(await link.evaluate((one) => one.href)), [{ not: EMEA }]);
    assert.ok((await link.textContent()).includes(text.number(cases)));

    await page.getByRole('button', { name: text('compare.swap') }).click();
    await page.waitForURL((url) => url.searchParams.get('a')?.includes('not'));
    assert.deepEqual(JSON.parse(new URL(page.url()).searchParams.get('b')), [EMEA]);
  },
);

story('the comparison is read by keyboard, as tables and as files', {}, async (scene) => {
  const { program, page, text } = scene;
  const { log, version } = await program.demo(DEALS);
  await openCompared(page, log, { a: [EMEA] });
  const saved = async (kind) => {
    await page.getByRole('button', { name: text('map.export'), exact: true }).click();
    const [file] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('menuitem', { name: text(kind), exact: true }).click(),
    ]);
    return readFile(await file.path(), 'utf8');
  };
  const picture = await saved('map.export.svg');
  // Both maps, each with its name, in one picture.
  assert.equal(picture.match(/<svg/g).length, 3);
  const rows = (await saved('compare.export.csv')).trim().split('\n');
  await activity(page, 'Quote Issued').first().focus();
  await page.keyboard.press('Enter');
  await page.waitForURL(/activity=/);
  await page.getByRole('heading', { name: 'Quote Issued', exact: true }).waitFor();
  await page.keyboard.press('t');
  await page.waitForURL(/show=table/);
  const answer = await answerOf(program, version, 'comparison', { a: [EMEA] });
  const table = page.getByRole('table', { name: text('compare.table.paths') });
  await table.waitFor();
  assert.equal(await table.getAttribute('aria-rowcount'), String(answer.paths.length + 1));
  const whole = (await saved('compare.export.csv')).trim().split('\n');
  assert.ok(rows.length <= whole.length);
});

story('an empty side and an address with nonsense say what to do', {}, async (scene) => {
  const { program, page, text } = scene;
  const { log } = await program.demo(DEALS);
  await openPage(page, 'compare', log, {
    a: [region('Nowhere')],
    b: [EMEA, { kind: 'event_activity', activities: ['Quote Issued'] }],
    show: 'upside down',
  });
  await page.getByText(text('filters.ignored.words', { words: 'show' })).waitFor();
  await page.getByText(text('filters.ignored', { count: 1 })).waitFor();
  await page.getByRole('heading', { name: text('compare.empty.a') }).waitFor();
  await page.getByRole('button', { name: text('compare.empty.clear.a') }).click();
  await page.waitForURL((url) => !url.searchParams.has('a'));
  await page.getByRole('table', { name: text('compare.totals') }).waitFor();
  await openPage(page, 'compare', log, { a: [EMEA], b: [EMEA] });
  await page.getByText(text('compare.note.same')).waitFor();
});

for (const language of LANGUAGES) {
  story(`comparing can be used by everybody (${language})`, { language }, async (scene) => {
    const { program, window, page, text } = scene;
    const { log } = await program.demo(DEALS);
    const faults = [];
    const look = async (name) => {
      for (const scheme of ['light', 'dark']) {
        await page.emulateMedia({ colorScheme: scheme });
        await shownIn(page, scheme);
        const found = await window.accessibilityFaults(page);
        faults.push(...found.map((fault) => `${name}, ${scheme}: ${fault}`));
      }
    };
    await openPage(page, 'compare', log);
    await page
      .getByRole('button', { name: text('compare.start.go') })
      .first()
      .waitFor();
    await look('start');
    await openCompared(page, log, { a: [EMEA] });
    await look('sides');
    const time = { metric: 'time', activity: 'Quote Issued', show: 'difference' };
    await openCompared(page, log, { a: [EMEA], b: [region('APAC')], ...time });
    await look('difference');
    await openPage(page, 'compare', log, { a: [EMEA], show: 'table' });
    await look('table');
    await openPage(page, 'compare', log, { a: [region('Nowhere')] });
    await look('empty');
    const wide = [];
    for (const show of [{}, { show: 'difference' }, { show: 'table' }]) {
      await openPage(page, 'compare', log, { a: [EMEA], ...show });
      for (const width of [390, 900]) {
        await page.setViewportSize({ width, height: 800 });
        await settled(page);
        const tooWide = await page.evaluate(() => {
          const { scrollWidth, clientWidth } = document.getElementById('content');
          return scrollWidth - clientWidth;
        });
        if (tooWide > 0) wide.push(`${JSON.stringify(show)}, ${width}: ${tooWide}`);
      }
    }
    assert.deepEqual([faults, wide], [[], []]);
  });
}

story('two versions are compared, each with its own cases', {}, async (scene) => {
  const { program, page, text } = scene;
  const { log } = await program.import({ file: ORDERS, name: 'Orders' });
  await program.import({ file: LATER_ORDERS, mode: 'append', log });
  await openPage(page, 'overview', log);
  await page.getByRole('link', { name: text('overview.changes.compare') }).click();
  await page.waitForURL((url) => url.searchParams.get('against') === '1');
  assert.equal(new URL(page.url()).searchParams.get('version'), '2');
  const totals = page.getByRole('table', { name: text('compare.totals') });
  await totals.waitFor();
  const versions = { a: `${log}@2`, b: `${log}@1` };
  for (const side of ['a', 'b']) {
    const { cases } = await answerOf(program, versions[side], 'summary');
    assert.equal(cases, side === 'a' ? 3 : 2);
    const link = totals.getByRole('link', { name: text.number(cases), exact: true });
    const address = new URL(await link.evaluate((one) => one.href));
    assert.equal(address.searchParams.get('version'), versions[side].split('@')[1]);
  }
  // Both sides change places, with their versions.
  await page.getByRole('button', { name: text('compare.swap') }).click();
  await page.waitForURL((url) => url.searchParams.get('against') === '2');

  // Another version by its choice: B is the same as A again, so that it is the rest.
  const choice = (side) =>
    page.getByRole('combobox', {
      name: text('compare.version', { side: text(`compare.side.${side}`) }),
    });
  await choice('b').selectOption('1');
  await page.waitForURL((url) => !url.searchParams.has('against'));
  await choice('b').selectOption('2');
  await page.waitForURL((url) => url.searchParams.get('against') === '2');
  await totals.waitFor();

  // A version that is not there is named, and left out.
  await openPage(page, 'compare', log, { version: 2, against: 9 });
  await page.getByText(text('explore.ignored', { words: 'against', count: 1 })).waitFor();
});
