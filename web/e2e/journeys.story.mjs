// Ten ways that people go through the product, from a question they have to its answer.
//
//  1. Where is time lost in a public log, and in whose cases?
//  2. The same for the sample, without a mouse.
//  3. A slow server: the old picture stays, and the newest question is the one that is answered.
//  4. The connection is lost in the middle of the work, and comes back.
//  5. Newer data comes in another tab while somebody works on the old.
//  6. The filters leave nothing.
//  7. A file is broken; the mended one takes its place.
//  8. From the overview to the longest wait on the map, and to its replay.
//  9. Where do deals drop out, and which are they? As a file for the team.
// 10. One region against the rest, saved for Monday; a colleague reads it in French.

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { answered, answerOf, openPage } from './explore.mjs';
import { openCases } from './lists.mjs';
import { activity, addressOf, drawing, keyFigure, mapDrawn, openMap, slider } from './map.mjs';
import { LATER_ORDERS, ORDERS } from './orders.mjs';
import { referenceData, story, testData } from './product.mjs';
import { texts } from './texts.mjs';
import { Window } from './window.mjs';
import { chooseFile, goOnToImport, startImport, openMap as toTheMap } from './wizard.mjs';

const DEALS = { deals: 400, name: 'Deals' };
const QUOTED = { kind: 'activity_contains', activities: ['Quote Issued'] };

function searchOf(filters) {
  return `?filters=${encodeURIComponent(JSON.stringify(filters))}`;
}

function place(page, text, name) {
  return page
    .getByRole('navigation', { name: text('shell.main') })
    .getByRole('link', { name: text(`place.${name}`), exact: true });
}

/** The longest waits that the map lists, as buttons. */
function waits(page, text) {
  return page.locator('section', { hasText: text('map.waits') }).getByRole('button');
}

story('1. where is time lost, and in whose cases?', {}, async (scene) => {
  const { program, page, text, told } = scene;
  const published = referenceData('logs/eventdatar/sepsis.csv');
  told.diagnostic(published ? 'told of a public log' : 'told of a log of the repository');
  await page.goto('/data');
  await page
    .getByRole('link', { name: text('data.upload') })
    .first()
    .click();
  await chooseFile(page, text, published ?? testData('logs/shipped/commandes.csv'));
  await goOnToImport(page, text);
  await startImport(page, text);
  await toTheMap(page, text);
  await mapDrawn(page);

  // The longest wait is one click away, and says between which steps it lies.
  await page.getByText(text('map.metric.time'), { exact: true }).click();
  await mapDrawn(page);
  const longest = waits(page, text).first();
  const name = await longest.getAttribute('title');
  await longest.click();
  await page.getByRole('region', { name, exact: true }).waitFor();
  const { from, to } = addressOf(page);
  assert.equal(name, text('map.path.name', { from, to }));

  // From there to the cases: as many as the server counts under the same filter.
  await page.getByRole('button', { name: text('map.menu', { name }) }).click();
  const kept = text('map.filter.eventually', { from, to });
  await page.getByRole('menuitem', { name: kept }).click();
  await page.waitForURL(/filters=/);
  const filters = JSON.parse(addressOf(page).filters);
  const { logs } = await program.get('/logs');
  const version = `${logs[0].id}@1`;
  const { cases: count } = await program.ask(version, 'summary', {}, filters);
  await mapDrawn(page);
  await place(page, text, 'cases').click();
  await page.getByText(text('cases.count', { count }), { exact: true }).waitFor();

  // The slowest of them first: its timeline and the moment where it waited.
  await page.getByRole('button', { name: text('cases.duration'), exact: true }).click();
  const { cases } = await program.ask(
    version,
    'cases',
    { sort: 'duration', descending: true, limit: 1 },
    filters,
  );
  const slowest = page.locator(`[data-case="${cases[0].case}"]`);
  await slowest.waitFor();
  await slowest.click();
  const opened = page.getByRole('complementary');
  await opened.locator('svg circle').first().waitFor();
  for (const step of [from, to]) {
    await opened.getByRole('link', { name: step, exact: true }).first().waitFor();
  }
});

/** Presses Tab until something has the focus. */
async function tabTo(page, target) {
  for (let presses = 0; presses < 120; presses += 1) {
    await page.keyboard.press('Tab');
    if (await target.evaluate((element) => element === document.activeElement)) return;
  }
  assert.fail(`Tab does not reach ${target}`);
}

story('2. the sample, without a mouse', {}, async ({ page, text }) => {
  await page.goto('/');
  const sample = page.getByRole('button', { name: text('data.sample') });
  await sample.waitFor();
  await tabTo(page, sample);
  await page.keyboard.press('Enter');
  await mapDrawn(page);

  await tabTo(page, activity(page, 'Lead Captured'));
  await page.keyboard.press('ArrowDown');
  const here = await page.evaluate(() => document.activeElement.dataset.activity);
  assert.notEqual(here, 'Lead Captured', 'the strongest next activity');
  await page.keyboard.press('Enter');
  await page.getByRole('region', { name: here, exact: true }).waitFor();
  await page.keyboard.press('Shift+F10');
  const keep = page.getByRole('menuitem', {
    name: text('map.filter.without', { activity: here }),
    exact: true,
  });
  await keep.waitFor();
  for (let presses = 0; presses < 20; presses += 1) {
    if (await keep.evaluate((element) => element === document.activeElement)) break;
    await page.keyboard.press('ArrowDown');
  }
  await page.keyboard.press('Enter');
  await page.waitForURL(/filters=/);
  await mapDrawn(page);
  assert.equal(await activity(page, here).count(), 0);

  const cases = place(page, text, 'cases');
  await tabTo(page, cases);
  await page.keyboard.press('Enter');
  const first = page.locator('[data-case]').first();
  await first.waitFor();
  await tabTo(page, first);
  await page.keyboard.press('Enter');
  const opened = page.getByRole('complementary');
  await opened.locator('svg circle').first().waitFor();
  await page.keyboard.press('Escape');
  await opened.waitFor({ state: 'detached' });
  assert.ok(await first.evaluate((element) => element === document.activeElement));
});

story('3. a slow server', {}, async ({ program, window, page, text }) => {
  const { log } = await program.demo(DEALS);
  await openMap(page, log);
  const before = await drawing(page);

  // From now on an answer takes as long as this story wants.
  const held = [];
  await page.route('**/api/v1/analyses', (route) => held.push(route));
  const isHeld = (count) =>
    new Promise((resolve) => {
      const look = () => (held.length >= count ? resolve() : setImmediate(look));
      look();
    });
  const aborted = page.waitForEvent('requestfailed');
  await slider(page, text, 'activities').press('Home');
  await isHeld(1);
  await page.locator('[data-busy="true"]').waitFor();
  assert.deepEqual(await drawing(page), before, 'the old map stays');

  // Who changes their mind waits for the new question only.
  await slider(page, text, 'activities').press('End');
  await aborted;
  await page.unroute('**/api/v1/analyses');
  for (const route of held) await route.continue().catch(() => {});
  await mapDrawn(page);
  const all = Object.keys((await drawing(page)).places).length;
  assert.equal(all, (await program.map(`${log}@1`)).activities.length);
  assert.deepEqual(window.unprovoked(), []);
});

story('4. the connection is lost in the middle of the work', {}, async (scene) => {
  const { program, window, page, text } = scene;
  const { log, version } = await program.demo(DEALS);
  await openMap(page, log, searchOf([QUOTED]));
  for (const words of ['ERR_', 'Unable to preload']) window.provokes(words);
  await program.stop('SIGKILL');
  await page.getByText(text('shell.connection.lost')).waitFor();

  // The work goes on: what is asked now is answered when the server is back.
  await place(page, text, 'variants').click();
  await program.startAgain();
  await page.locator('[data-path]').first().waitFor();
  assert.deepEqual(JSON.parse(addressOf(page).filters), [QUOTED]);
  const { variants } = await program.ask(version, 'variants', { limit: 1 }, [QUOTED]);
  await page.getByText(text.number(variants[0].cases), { exact: true }).first().waitFor();
});

story('5. newer data, while somebody works on the old', {}, async (scene) => {
  const { program, page, text } = scene;
  const { log } = await program.import({ file: ORDERS, name: 'Orders' });
  await page.clock.install();
  const invoiced = { kind: 'activity_contains', activities: ['invoice'] };
  await openMap(page, log, searchOf([invoiced]));
  const cases = keyFigure(page, text, 'cases');
  assert.equal(await cases.innerText(), '1');

  await program.import({ file: LATER_ORDERS, log, mode: 'append' });
  await page.clock.fastForward('00:31');
  const refresh = page.getByRole('button', { name: text('map.stale.refresh') });
  await refresh.waitFor();
  assert.equal(await cases.innerText(), '1', 'nothing changes under the eyes');
  await refresh.click();
  await cases.filter({ hasText: '2' }).waitFor();
  assert.deepEqual(JSON.parse(addressOf(page).filters), [invoiced], 'the filters stay');

  // The new data was wrong: the version before it is made the current one again.
  await page.goto(`/data/${log}`);
  await page.getByRole('button', { name: text('data.rollBack.named', { number: '1' }) }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('button', { name: text('data.rollBack'), exact: true }).click();
  await dialog.waitFor({ state: 'detached' });
  await place(page, text, 'map').click();
  await mapDrawn(page);
  assert.equal(await cases.innerText(), '2', 'the two cases of the first version');
});

story('6. the filters leave nothing', {}, async ({ program, page, text }) => {
  const { log, version } = await program.demo(DEALS);
  const short = { kind: 'event_count', max: 1 };
  await openMap(page, log, searchOf([QUOTED]));
  const quoted = await keyFigure(page, text, 'cases').innerText();
  await page.goto(`/map/${log}${searchOf([QUOTED, short])}`);
  const nothing = page.getByText(text('map.nomatch.title', { count: 2 }));
  await nothing.waitFor();

  // Which filter to leave out is what the server counts, and one click does it.
  const { cases: more } = await program.ask(version, 'summary', {}, [QUOTED]);
  const filter = text('filters.says.event_count', { range: text('filters.atMost', { max: 1 }) });
  await page.getByText(text('map.nomatch.helps', { filter, cases: more })).waitFor();
  await page.getByRole('button', { name: text('map.nomatch.remove', { filter }) }).click();
  await mapDrawn(page);
  assert.equal(await keyFigure(page, text, 'cases').innerText(), quoted);
  await page.getByRole('button', { name: text('filters.undo') }).click();
  await nothing.waitFor();

  // No single one is the reason: that is said, and all are left out.
  await page.goto(`/map/${log}${searchOf([{ kind: 'event_count', min: 1_000 }, short])}`);
  await page.getByText(text('map.nomatch.several')).waitFor();
  await page.getByRole('button', { name: text('map.nomatch.clear') }).click();
  await mapDrawn(page);
});

story('7. a broken file, and the mended one', {}, async ({ program, page, text }) => {
  const whole = await readFile(testData('logs/shipped/loans.xes'));
  const broken = { name: 'loans.xes', mimeType: 'text/xml', buffer: whole.subarray(0, 4_000) };
  await page.goto('/data/import');
  await chooseFile(page, text, broken);
  const alert = page.getByRole('main').getByRole('alert');
  await alert.getByText(text('failure.problem.code', { code: 'damaged_file' })).waitFor();
  assert.deepEqual(await program.get('/logs'), { logs: [] }, 'half a file becomes no log');

  await page.goto('/data/import');
  await chooseFile(page, text, testData('logs/shipped/loans.xes'));
  await goOnToImport(page, text);
  await startImport(page, text);
  await toTheMap(page, text);
  await mapDrawn(page);
  const { logs } = await program.get('/logs');
  await openCases(page, logs[0].id);
  const { cases } = logs[0].current;
  await page.getByText(text('cases.count', { count: cases }), { exact: true }).waitFor();
});

story('8. from the overview to the longest wait, and to its replay', {}, async (scene) => {
  const { program, page, text } = scene;
  const { log, version } = await program.demo(DEALS);
  await openPage(page, 'overview', log);
  const { paths } = await program.map(version, { waits: false });
  const total = (path) => path.duration_s?.total ?? 0;
  const [longest] = paths.toSorted((left, right) => total(right) - total(left));
  const name = text('map.path.name', longest);
  await page.getByRole('link', { name, exact: true }).first().click();
  await mapDrawn(page);
  await page.getByRole('region', { name, exact: true }).waitFor();

  // The replay of the same cases goes to its end by keyboard; Back closes it.
  await page.getByRole('button', { name: text('map.tools.replay'), exact: true }).click();
  const time = page.getByRole('slider', { name: text('replay.slider') });
  await time.waitFor();
  const said = () => time.getAttribute('aria-valuetext');
  const first = await said();
  await time.press('End');
  await page.waitForFunction(
    ([slider, before]) => slider.getAttribute('aria-valuetext') !== before,
    [await time.elementHandle(), first],
  );
  await page.goBack();
  await page.getByRole('region', { name, exact: true }).waitFor();
});

story('9. where do deals drop out, and which are they?', {}, async (scene) => {
  const { program, page, text } = scene;
  const { log, version } = await program.demo(DEALS);
  await openMap(page, log);
  await place(page, text, 'funnel').click();
  await page.locator('[data-stage]').first().waitFor();
  const names = await page
    .locator('[data-stage]')
    .evaluateAll((all) => all.map((one) => one.dataset.stage));
  const stages = names.map((one) => ({ activities: [one] }));
  const answer = await answerOf(program, version, 'funnel', { stages });
  const stopped = (one) => one.drop_off?.cases ?? 0;
  const [leak] = answer.stages.toSorted((left, right) => stopped(right) - stopped(left));
  await page.locator(`[data-stage="${leak.stage}"]`).click();
  await page.getByRole('button', { name: text('funnel.keep.stopped') }).click();
  await page.waitForURL(/filters=/);

  await place(page, text, 'cases').click();
  await page.waitForURL(/\/cases\//);
  await page.locator('[data-case]').first().waitFor();
  const count = leak.drop_off.cases;
  await page.getByText(text('cases.count', { count }), { exact: true }).waitFor();
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: text('map.table.csv') }).click(),
  ]);
  const rows = (await readFile(await download.path(), 'utf8')).trim().split('\r\n');
  assert.equal(rows.length - 1, count, 'the file has a line for each of them');
});

story('10. one region against the rest, for a colleague', {}, async (scene) => {
  const { program, page, text } = scene;
  const { log, version } = await program.demo(DEALS);
  const emea = { kind: 'attribute_in', attribute: 'SalesRegion', values: ['EMEA'] };
  await openPage(page, 'compare', log, { a: [emea] });
  const { a, b } = await answerOf(program, version, 'comparison', { a: [emea] });
  assert.equal(a.cases + b.cases, DEALS.deals);
  await page.getByRole('button', { name: text('views.save'), exact: true }).click();
  const dialog = page.getByRole('dialog', { name: text('views.save.title') });
  await dialog.getByLabel(text('views.name'), { exact: true }).fill('EMEA for Monday');
  await dialog.getByRole('button', { name: text('action.save'), exact: true }).click();
  await dialog.waitFor({ state: 'detached' });
  const { views } = await program.get(`/logs/${log}/views`);

  const french = await texts('fr');
  const colleague = await Window.open(program.address, { language: 'fr' });
  try {
    await colleague.page.goto(`/views/${log}/${views[0].id}`);
    await answered(colleague.page);
    const totals = colleague.page.getByRole('table', { name: french('compare.totals') });
    for (const { cases } of [a, b]) {
      await totals.getByRole('link', { name: french.number(cases), exact: true }).waitFor();
    }
    assert.deepEqual(colleague.unprovoked(), []);
  } finally {
    await colleague.close();
  }
});
