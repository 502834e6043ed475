// Does the drawer say what the server says of an activity and of a path, and lead on from there?

import assert from 'node:assert/strict';
import { activity, addressOf, mapDrawn, openMap } from './map.mjs';
import { story } from './product.mjs';

const DEALS = { deals: 150, name: 'Deals' };
const PATH = { from: 'Quote Issued', to: 'Quote Accepted' };

function drawerOf(page, name) {
  return page.getByRole('region', { name, exact: true });
}

function part(drawer, title) {
  const page = drawer.page();
  return drawer.locator('details', {
    has: page.getByRole('heading', { name: title, exact: true }),
  });
}

story('what comes before and after an activity leads to its cases', {}, async (scene) => {
  const { program, page, text } = scene;
  const { log, version } = await program.demo(DEALS);
  await openMap(page, log, '?activities=100&activity=Quote Issued');
  const found = await program.ask(version, 'neighbours', { activity: 'Quote Issued' });
  const drawer = drawerOf(page, 'Quote Issued');
  const before = part(drawer, text('map.selection.from'));
  const [first] = found.comes_from.activities;
  const bar = before.getByRole('button', { name: first.activity }).first();
  await bar.waitFor();
  assert.ok((await bar.innerText()).includes(`${Math.round(first.share * 100)}%`));
  const label = text('map.neighbours.cases', { count: first.cases, name: first.activity });
  await before.getByRole('link', { name: label }).click();
  await page.waitForURL(/\/cases\//);
  // The place "Cases" shows as many as the bar said.
  const size = await program.ask(version, 'summary', {}, JSON.parse(addressOf(page).filters));
  assert.equal(size.cases, first.cases);
  await page.goBack();
  await mapDrawn(page);
  await bar.click();
  await page.waitForURL(/from=/);
  assert.equal(addressOf(page).to, 'Quote Issued');
});

story('where activities are hidden, the cases of a bar are those of the map', {}, async (scene) => {
  const { program, page, text } = scene;
  const { log, version } = await program.demo(DEALS);
  await openMap(page, log, '?activity=Opportunity Lost');
  const shown = (await program.map(version)).activities.filter((one) => one.shown);
  const activities = shown.map((one) => one.activity);
  const params = { activity: 'Opportunity Lost', activities };
  const found = await program.ask(version, 'neighbours', params);
  const [first] = found.comes_from.activities;
  const label = text('map.neighbours.cases', { count: first.cases, name: first.activity });
  await page.getByRole('link', { name: label }).first().click();
  await page.waitForURL(/\/cases\//);
  const size = await program.ask(version, 'summary', {}, JSON.parse(addressOf(page).filters));
  assert.equal(size.cases, first.cases);
});

story('a range of the times of a path becomes a filter, by keyboard', {}, async (scene) => {
  const { program, page, text } = scene;
  const { log, version } = await program.demo(DEALS);
  await openMap(page, log, '?activities=100&from=Quote Issued&to=Quote Accepted');
  const name = text('map.path.name', PATH);
  const times = part(drawerOf(page, name), text('map.selection.time.path'));
  const end = times.getByRole('slider', { name: text('map.times.to') });
  await end.focus();
  await page.keyboard.press('ArrowLeft');
  await page.keyboard.press('ArrowLeft');
  await times.getByRole('button', { name: text('explore.keep') }).click();
  await page.waitForURL(/within_s/);
  const [filter] = JSON.parse(addressOf(page).filters);
  assert.equal(filter.kind, 'follows');
  const all = await program.ask(version, 'neighbours', { path: PATH });
  const { bins } = all.wait;
  const kept = bins.filter((bin) => bin.to_s <= filter.within_s + 1e-6);
  assert.equal(kept.length, bins.length - 2);
});

story('the performance spectrum has a table with the same cases', {}, async (scene) => {
  const { program, page, text } = scene;
  const { log, version } = await program.demo(DEALS);
  await openMap(page, log, '?activities=100&from=Quote Issued&to=Quote Accepted');
  const found = await program.ask(version, 'spectrum', PATH);
  const drawer = drawerOf(page, text('map.path.name', PATH));
  const title = text('map.spectrum');
  const picture = part(drawer, title).getByRole('img').first();
  await picture.waitFor();
  assert.equal(await picture.locator('path').count(), 4, 'a path for each class');
  await part(drawer, title)
    .getByRole('button', { name: text('explore.table', { title }) })
    .click();
  const rows = part(drawer, title).getByRole('table').getByRole('row');
  assert.equal(await rows.count(), found.lines.length + 1);
  const longest = found.lines.toSorted(
    (one, other) => other.end_s - other.start_s - (one.end_s - one.start_s),
  )[0];
  const link = rows.nth(1).getByRole('link');
  assert.equal(await link.innerText(), longest.case);
  await link.click();
  await page.waitForURL(/case=/);
  assert.equal(addressOf(page).case.replaceAll('"', ''), longest.case);
});

story('a value in which cases differ becomes a filter', {}, async (scene) => {
  const { program, page, text } = scene;
  const { log, version } = await program.demo(DEALS);
  await openMap(page, log, '?activity=Opportunity Lost&activities=100');
  const selection = [{ kind: 'activity_contains', activities: ['Opportunity Lost'] }];
  const found = await program.ask(version, 'differences', { selection });
  const drawer = drawerOf(page, 'Opportunity Lost');
  const differences = part(drawer, text('map.differences'));
  const { selection: own, rest } = found;
  await differences.getByText(text('map.differences.base', { selection: own, rest })).waitFor();
  const [first] = found.attributes;
  const { value } = first.values.find((one) => one.value !== null);
  await differences.getByRole('heading', { name: first.name, exact: true }).waitFor();
  await differences
    .getByRole('button')
    .filter({ hasText: String(value) })
    .first()
    .click();
  await page.waitForURL(/attribute_in/);
  assert.deepEqual(JSON.parse(addressOf(page).filters), [
    {
      kind: 'attribute_in',
      attribute: first.name,
      level: first.level,
      values: [value],
    },
  ]);
});

story('what is pointed at shows its last twelve months', {}, async ({ program, page, text }) => {
  const { log, version } = await program.demo(DEALS);
  await openMap(page, log);
  await activity(page, 'Quote Issued').hover();
  const shown = (await program.map(version)).activities.filter((one) => one.shown);
  const params = {
    activity: 'Quote Issued',
    activities: shown.map((one) => one.activity),
    months: 12,
  };
  const { months } = await program.ask(version, 'neighbours', params);
  const most = Math.max(...months.map((one) => one.occurrences));
  const label = text('map.months.most', { most: text.number(most) });
  const bars = page.getByRole('tooltip').getByRole('img', { name: label }).locator('rect');
  await bars.first().waitFor();
  assert.equal(await bars.count(), 12);
});

story('the map shows amounts, and waiting weighed by them', {}, async (scene) => {
  const { program, page, text } = scene;
  const { log, version } = await program.demo(DEALS);
  await openMap(page, log, '?activities=100');
  const kinds = page.getByRole('radiogroup', { name: text('map.metric.kind') });
  await kinds.getByText(text('map.metric.value'), { exact: true }).click();
  await page.waitForURL(/metric=valueSum/);
  const currency = page.getByRole('combobox', { name: text('map.metric.currency') });
  await currency.selectOption('EUR');
  await page.waitForURL(/currency=EUR/);
  const values = [{ attribute: 'OpportunityAmount' }];
  const weight = { attribute: 'OpportunityAmount' };
  const map = await program.map(version, { values, weight });
  const one = map.activities.find(({ activity: name }) => name === 'Quote Issued');
  const { sum } = one.values[0].figures.find((figures) => figures.currency === 'EUR');
  const money = new Intl.NumberFormat('en-GB', {
    style: 'currency',
    currency: 'EUR',
    notation: 'compact',
    maximumFractionDigits: 1,
    maximumSignificantDigits: 3,
    roundingPriority: 'morePrecision',
  });
  const value = activity(page, 'Quote Issued').locator('text').last();
  await page.waitForFunction(
    ([node, wanted]) => node.textContent === wanted,
    [await value.elementHandle(), money.format(Number(sum))],
  );
  await page
    .getByRole('combobox', { name: text('map.metric.choose') })
    .selectOption('valueDelayed');
  await page.waitForURL(/metric=valueDelayed/);
  const { total } = one.weighted.find(({ unit }) => unit === 'money_days(EUR)');
  await page.waitForFunction(
    ([node, wanted]) => node.textContent === wanted,
    [await value.elementHandle(), text('map.valueDays', { value: money.format(total) })],
  );
});

story('the most repetitions in one case are on the map', {}, async ({ program, page }) => {
  const { log, version } = await program.demo(DEALS);
  await openMap(page, log, '?activities=100&metric=most');
  const map = await program.map(version, { repetitions: true });
  const one = map.activities.find(({ activity: name }) => name === 'Quote Issued');
  assert.ok(one.most_in_case > 1);
  const value = activity(page, 'Quote Issued').locator('text').last();
  assert.equal(await value.innerHTML(), String(one.most_in_case));
});
