// Can somebody find a case, read what happened in it, and go on to the next one?

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { openCases } from './lists.mjs';
import { addressOf, mapDrawn } from './map.mjs';
import { ORDERS } from './orders.mjs';
import { story } from './product.mjs';
import { settled } from './window.mjs';

const DEALS = { deals: 250, name: 'Deals' };

/** The ids of the rows in the page, from the top. */
function idsOf(page) {
  return page.locator('[data-case]').allInnerTexts();
}

function openCase(page, text, id) {
  return page.getByRole('complementary', { name: text('case.title', { id }), exact: true });
}

/** Waits until the first row is a case. */
function firstIs(page, id) {
  return page.waitForFunction(
    (wanted) => document.querySelector('[data-case]')?.innerText === wanted,
    id,
  );
}

story('the table of cases is sorted, searched and scrolled to its end', {}, async (scene) => {
  const { program, page, text } = scene;
  const { log, version } = await program.demo(DEALS);
  const ask = (params) => program.ask(version, 'cases', { limit: 300, ...params });
  await openCases(page, log);
  const longest = await ask({});
  await page.getByText(text('cases.count', { count: longest.total }), { exact: true }).waitFor();
  assert.deepEqual((await idsOf(page)).slice(0, 8), ids(longest).slice(0, 8));

  await page.getByRole('button', { name: text('cases.start'), exact: true }).click();
  await page.waitForURL(/sort=start/);
  await firstIs(page, ids(await ask({ sort: 'start' }))[0]);
  await page.getByRole('button', { name: text('cases.start'), exact: true }).click();
  await page.waitForURL(/asc=true/);
  const oldest = ids(await ask({ sort: 'start', descending: false }));
  await firstIs(page, oldest[0]);

  // Amounts of one currency stand together, and the page says so.
  const name = 'OpportunityAmount';
  await page.getByRole('button', { name, exact: true }).click();
  await page.getByText(text('cases.sort.currency', { name })).waitFor();
  await firstIs(page, ids(await ask({ sort: { attribute: name } }))[0]);
  await page.getByRole('button', { name: text('cases.start'), exact: true }).click();
  await page.getByRole('button', { name: text('cases.start'), exact: true }).click();
  await firstIs(page, oldest[0]);

  // Rows come from the server while one scrolls.
  await page.getByRole('region', { name: text('cases.table') }).press('End');
  await page.locator(`[data-case="${oldest.at(-1)}"]`).waitFor();

  const part = oldest[7].slice(-3);
  await page.getByRole('searchbox', { name: text('cases.search') }).fill(part);
  const found = await ask({ sort: 'start', descending: false, search: part });
  await page.getByText(text('cases.count', { count: found.total }), { exact: true }).waitFor();
  await firstIs(page, ids(found)[0]);
  await page.getByRole('searchbox', { name: text('cases.search') }).fill('nothing like this');
  await page.getByText(text('cases.none', { search: 'nothing like this' })).waitFor();
});

story('columns are chosen, remembered, and go into the file', {}, async (scene) => {
  const { program, page, text } = scene;
  const { log, version } = await program.demo(DEALS);
  await openCases(page, log);
  await page.getByRole('button', { name: text('cases.columns'), exact: true }).click();
  await page.getByRole('checkbox', { name: text('cases.end'), exact: true }).click();
  await page.getByRole('searchbox', { name: text('cases.columns.search') }).fill('loss');
  await page.getByRole('checkbox', { name: 'LossReason', exact: true }).click();
  await page.getByRole('columnheader', { name: 'LossReason' }).waitFor();
  await page.keyboard.press('Escape');
  const heads = () => page.getByRole('columnheader').allInnerTexts();
  const chosen = await heads();
  assert.ok(!chosen.includes(text('cases.end')), chosen.join());

  // Another address without columns shows what was chosen.
  await openCases(page, log);
  await page.getByRole('columnheader', { name: 'LossReason' }).waitFor();
  assert.deepEqual(await heads(), chosen);

  const downloading = page.waitForEvent('download');
  await page.getByRole('button', { name: text('map.table.csv') }).click();
  const file = await readFile(await (await downloading).path(), 'utf8');
  const [head, ...rows] = file.replace('\ufeff', '').trimEnd().split('\r\n');
  assert.ok(head.endsWith(',LossReason'), head);
  const { total, cases } = await program.ask(version, 'cases', { limit: 300 });
  assert.equal(rows.length, total);
  assert.deepEqual(
    rows.map((row) => row.split(',')[0]),
    cases.map((one) => one.case),
  );
});

story(
  'a case is opened, read, left for the next one and closed, by keyboard',
  {},
  async (scene) => {
    const { program, window, page, text } = scene;
    const { log, version } = await program.demo(DEALS);
    await openCases(page, log);
    const [first, second] = await idsOf(page);
    await page.locator(`[data-case="${first}"]`).press('Enter');
    const opened = openCase(page, text, first);
    await opened.waitFor();
    assert.equal(addressOf(page).case, JSON.stringify(first));
    const {
      event_count: count,
      events,
      attributes,
    } = await program.ask(version, 'case', { case: first });
    const list = opened.getByRole('region', { name: text('case.events', { count }), exact: true });
    await list.waitFor();
    assert.equal(await list.getByRole('row').count(), count + 1);
    assert.equal(await opened.locator('svg circle').count(), events.length);
    const told = opened.getByRole('region', { name: text('case.attributes'), exact: true });
    assert.equal(await told.getByRole('rowheader').count(), Object.keys(attributes).length);

    await page.keyboard.press('ArrowRight');
    await openCase(page, text, second).waitFor();
    await page.keyboard.press('ArrowLeft');
    await opened.waitFor();

    // The link opens the same case for somebody else.
    const other = await window.newTab();
    await other.goto(page.url());
    await openCase(other, text, first).waitFor();

    await page.keyboard.press('Escape');
    await opened.waitFor({ state: 'detached' });
    assert.equal(await page.evaluate(() => document.activeElement.dataset.case), first);
  },
);

story('a case leads to its path on the map and to those who share it', {}, async (scene) => {
  const { program, page, text } = scene;
  const { log, version } = await program.demo(DEALS);
  const { variants } = await program.ask(version, 'variants', { limit: 1 });
  const filters = [{ kind: 'variant', ids: [variants[0].variant] }];
  const { cases } = await program.ask(version, 'cases', { limit: 1 }, filters);
  const id = cases[0].case;
  await page.goto(`/cases/${log}?case=${encodeURIComponent(JSON.stringify(id))}&wide=true`);
  const opened = openCase(page, text, id);
  const same = text('case.same', { count: variants[0].cases });
  await opened.getByRole('link', { name: same }).click();
  await page
    .getByText(text('cases.count', { count: variants[0].cases }), { exact: true })
    .waitFor();
  await page.goBack();
  await opened.getByRole('link', { name: text('case.map') }).click();
  await mapDrawn(page);
  // Of this case, whatever others take the same path.
  assert.deepEqual(JSON.parse(addressOf(page).filters), [{ kind: 'case_ids', ids: [id] }]);
  await page.goBack();

  // An event leads to its activity there.
  await opened.getByRole('link', { name: 'Lead Captured', exact: true }).click();
  await mapDrawn(page);
  assert.equal(addressOf(page).activity, 'Lead Captured');
});

story(
  'a case that does not exist is said to be missing, and the table stays',
  {},
  async (scene) => {
    const { program, page, text } = scene;
    const { log } = await program.import({ file: ORDERS, name: 'Orders' });
    await openCases(page, log, '?case=O-9');
    await openCase(page, text, 'O-9').getByRole('alert').waitFor();
    await page.locator('[data-case="O-2"]').click();
    const opened = openCase(page, text, 'O-2');
    await opened.getByText(text('case.same', { count: 1 })).waitFor();
    await opened.getByRole('button', { name: text('case.close') }).click();
    await opened.waitFor({ state: 'detached' });
  },
);

function ids({ cases }) {
  return cases.map((one) => one.case);
}

story('the last of a hundred thousand cases is reached by keyboard', {}, async (scene) => {
  const { program, page, text } = scene;
  const count = 104_321;
  const rows = Array.from(
    { length: count },
    (_, idx) => `C${idx},order,2024-01-01T00:00:${String(idx % 60).padStart(2, '0')}Z`,
  );
  const buffer = Buffer.from(['case,activity,time', ...rows, ''].join('\n'));
  const file = { name: 'many.csv', buffer };
  const { log } = await program.import({ file, name: 'Many' });
  await openCases(page, log, '?sort=case&asc=true&columns=["position","start"]');
  await page.getByText(text('cases.count', { count }), { exact: true }).waitFor();
  await page.getByRole('region', { name: text('cases.table') }).press('End');
  // Ids go by their bytes: the last is the one that begins with most nines.
  const ids = rows.map((row) => row.split(',')[0]).sort();
  const last = page.locator(`[data-case="${ids.at(-1)}"]`);
  await last.waitFor();
  const row = page.getByRole('row').filter({ has: last });
  assert.equal(await row.getAttribute('aria-rowindex'), String(count + 1));
  await row.getByText(text.number(count), { exact: true }).waitFor();

  // Somewhere in the middle, too; and the case there opens with the way to its neighbours.
  const region = page.getByRole('region', { name: text('cases.table') });
  await region.evaluate((part) => part.scrollTo({ top: part.scrollHeight / 2 }));
  const middle = page.locator(`[data-case="${ids[Math.floor(count / 2)]}"]`);
  await middle.click();
  const next = openCase(page, text, ids[Math.floor(count / 2)]);
  await next.waitFor();
});

/** Two cases of dates alone, one with times of day. */
const DAYS = {
  name: 'days.csv',
  mimeType: 'text/csv',
  buffer: Buffer.from(
    [
      'case,activity,time',
      'D-1,order,2026-03-02',
      'D-1,invoice,2026-03-12',
      'D-2,order,2026-03-03',
      'D-2,invoice,2026-03-04',
      '',
    ].join('\n'),
  ),
};

story('what is known to the day is told as a date, here and in the file', {}, async (scene) => {
  const { program, page, text } = scene;
  const order = { file: DAYS, name: 'Days', settings: { time_zone: 'Asia/Tokyo' } };
  const { log } = await program.import(order);
  await openCases(page, log);
  const row = page.getByRole('row').filter({ has: page.locator('[data-case="D-1"]') });
  await row.getByText('2 Mar 2026', { exact: true }).waitFor();
  const duration = text('precision.duration', { duration: '10 days' });
  await row.getByTitle(duration).waitFor();
  assert.doesNotMatch(await row.innerText(), /\d\d:\d\d/);
  const downloading = page.waitForEvent('download');
  await page.getByRole('button', { name: text('map.table.csv') }).click();
  const file = await readFile(await (await downloading).path(), 'utf8');
  assert.match(file, /D-1,.*2026-03-02.*2026-03-12/);
  assert.doesNotMatch(file, /T\d\d:/);

  await page.locator('[data-case="D-1"]').click();
  const opened = openCase(page, text, 'D-1');
  await opened.getByRole('definition').getByText(duration, { exact: true }).waitFor();
  assert.doesNotMatch(await opened.innerText(), /\d\d:\d\d/);

  await page.goto(`/overview/${log}`);
  await page.getByText(text('precision.times', { days: 4, all: 4 })).waitFor();
  await page.getByText(text('precision.durations', { days: 2, all: 2 })).waitFor();
  await page.goto(`/throughput/${log}`);
  await page.getByText(text('precision.durations', { days: 2, all: 2 })).waitFor();
});

story('the first print has all rows that go on paper', {}, async ({ program, page, text }) => {
  const { log, version } = await program.demo({ deals: 700, name: 'Deals' });
  const { total, cases } = await program.ask(version, 'cases', { limit: 500 });
  // The last page of those that go on paper is asked for ahead.
  const ahead = page.waitForResponse((one) => /"offset": ?400\b/.test(one.request().postData()));
  await openCases(page, log);
  await (await ahead).finished();
  await settled(page);
  // What is there when the event is over is what the browser prints.
  await page.evaluate(() =>
    addEventListener('beforeprint', () => {
      const rows = [...document.querySelectorAll('[data-case]')].map((one) => one.dataset.case);
      window.printed = { rows, words: document.querySelector('main').textContent };
    }),
  );
  const file = (await page.pdf({ preferCSSPageSize: true })).toString('latin1');
  const { rows, words } = await page.evaluate(() => window.printed);
  assert.deepEqual(rows, ids({ cases }));
  assert.ok(words.includes(text('cases.paper', { most: 500, cases: total })), words.slice(-200));
  // No sheet is empty: each holds ten rows or more.
  const sheets = file.match(/\/Type\s*\/Page\b/g).length;
  assert.ok(sheets > 10 && sheets <= 50, `${sheets} sheets`);
  // The table is as long as before again.
  await page.waitForFunction(() => document.querySelectorAll('[data-case]').length < 100);
});

story('the focus goes from row to row with the keys that scroll', {}, async (scene) => {
  const { program, page } = scene;
  const { log, version } = await program.demo({ deals: 700, name: 'Deals' });
  const { total } = await program.ask(version, 'cases', { limit: 1 });
  await openCases(page, log);
  await page.locator('[data-case]').first().focus();
  const rowOfFocus = () =>
    page.evaluate(() => {
      const link = document.activeElement?.closest('[data-case]');
      return link ? Number(link.closest('tr').ariaRowIndex) - 1 : null;
    });
  await page.keyboard.press('PageDown');
  assert.ok((await rowOfFocus()) > 5);
  await page.keyboard.press('End');
  const last = page.locator(`tr[aria-rowindex="${total + 1}"] [data-case]`);
  await last.waitFor();
  await page.waitForFunction(() => document.activeElement?.matches('[data-case]'));
  assert.equal(await rowOfFocus(), total);
  const id = await last.getAttribute('data-case');
  await page.keyboard.press('Enter');
  await page.waitForURL((url) => url.searchParams.get('case')?.replaceAll('"', '') === id);
});
