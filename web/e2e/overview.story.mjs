// Does the overview of a log say what the data say, and lead to everything it counts?

import assert from 'node:assert/strict';
import { answered, answerOf, filtersIn, openPage } from './explore.mjs';
import { mapDrawn } from './map.mjs';
import { LATER_ORDERS, ORDERS } from './orders.mjs';
import { story } from './product.mjs';

const DEALS = { deals: 300, name: 'Deals' };

story('the overview is the first place, and its figures lead to their cases', {}, async (scene) => {
  const { program, page, text } = scene;
  const { log, version } = await program.demo(DEALS);
  // A log opens on its map; the overview is the first place beside it.
  await page.goto('/');
  await mapDrawn(page);
  const places = page.getByRole('navigation', { name: text('shell.main') }).getByRole('link');
  assert.equal(await places.first().textContent(), text('place.overview'));
  await places.first().click();
  await page.waitForURL(new RegExp(`/overview/${log}`));
  await answered(page);

  const summary = await answerOf(program, version, 'summary');
  await page
    .getByRole('link', { name: text('overview.cases.link', { cases: summary.cases }) })
    .waitFor();
  const { variants } = await answerOf(program, version, 'variants', { limit: 1 });
  const happy = page.getByRole('region', { name: text('overview.happy') });
  const same = happy.getByRole('link', { name: new RegExp(`^${variants[0].cases} `) });
  const filters = filtersIn(await same.evaluate((one) => one.href));
  const left = await answerOf(program, version, 'summary', {}, filters);
  assert.equal(left.cases, variants[0].cases);
  const steps = await happy.getByRole('listitem').allTextContents();
  assert.deepEqual(steps, variants[0].activities);
});

story('the longest waits are shown on the map', {}, async ({ program, page, text }) => {
  const { log, version } = await program.demo(DEALS);
  await openPage(page, 'overview', log);
  const { paths } = await answerOf(program, version, 'map');
  const total = (path) => path.duration_s?.total ?? 0;
  const longest = paths.reduce((most, path) => (total(path) > total(most) ? path : most));
  const table = page.getByRole('table', { name: text('overview.waits') });
  const name = text('map.path.name', { from: longest.from, to: longest.to });
  const cases = table.getByRole('link', {
    name: text('explore.casesOf', { count: longest.cases, name }),
  });
  const filters = filtersIn(await cases.evaluate((one) => one.href));
  const left = await answerOf(program, version, 'summary', {}, filters);
  assert.equal(left.cases, longest.cases);
  await table.getByRole('link', { name, exact: true }).click();
  await page.waitForURL(new RegExp(`/map/${log}.*from=`));
  await mapDrawn(page);
  const drawer = page.getByRole('region', { name, exact: true });
  const { cases: total_cases } = await answerOf(program, version, 'summary');
  const share = (longest.cases / total_cases).toLocaleString('en-GB', {
    style: 'percent',
    maximumFractionDigits: 1,
  });
  const figure = { cases: longest.cases, share, total: total_cases };
  await drawer.getByText(text('map.selection.casesShare', figure), { exact: true }).waitFor();
});

story('filters of the overview go along, and can leave no case', {}, async (scene) => {
  const { program, page, text } = scene;
  const { log, version } = await program.demo(DEALS);
  const won = { kind: 'activity_contains', activities: ['Opportunity Won'] };
  await openPage(page, 'overview', log, { filters: [won] });
  const { cases } = await answerOf(program, version, 'summary', {}, [won]);
  await page.getByRole('link', { name: text('overview.cases.link', { cases }) }).click();
  await page.waitForURL(new RegExp(`/cases/${log}`));
  assert.deepEqual(filtersIn(page.url()), [won]);
  await openPage(page, 'overview', log, { filters: [{ kind: 'case_ids', ids: ['nowhere'] }] });
  await page
    .getByRole('button', { name: text('map.nomatch.remove', { filter: 'Case nowhere' }) })
    .click();
  await page.waitForURL((url) => !url.searchParams.has('filters'));
  await page.getByRole('list', { name: text('overview.size') }).waitFor();
});

story('what a later import changed is told; what a log cannot tell, too', {}, async (scene) => {
  const { program, page, text } = scene;
  const [head, ...rows] = ORDERS.buffer.toString().split('\n');
  const broken = Buffer.from([head, 'O-9,order,yesterday', ...rows].join('\n'));
  const { log } = await program.import({ file: { ...ORDERS, buffer: broken }, name: 'Orders' });
  await openPage(page, 'overview', log);
  await page.getByText(text('overview.changes.first')).waitFor();
  await page.getByText(text('overview.people.missing')).waitFor();
  const refused = text('overview.data.refused.of', { refused: 1, rows: 4 });
  await page.getByRole('link', { name: refused }).click();
  await page.waitForURL(`**/data/${log}/versions/1`);

  await program.import({ file: LATER_ORDERS, mode: 'append', log });
  await openPage(page, 'overview', log);
  const card = page.getByRole('region', { name: text('overview.changes') });
  await card.getByText(text('overview.changes.since', { since: '1' })).waitFor();
  await card
    .getByText(text('overview.changes.cases.of', { new: 1, gone: 0, changed: 1 }))
    .waitFor();
  // The first version has nothing before it.
  await openPage(page, 'overview', log, { version: 1 });
  await card.getByText(text('overview.changes.first')).waitFor();
});

story(
  'the overview stands still while answers are slow, and a card fails alone',
  {},
  async (scene) => {
    const { program, window, page, text } = scene;
    const { log } = await program.demo(DEALS);
    await page.route('**/api/v1/analyses', async (route) => {
      const asks = route
        .request()
        .postDataJSON()
        .tiles.map((one) => one.question);
      if (asks.includes('map')) return route.fulfill({ status: 502, body: 'a proxy' });
      return route.continue();
    });
    window.provokes('502');
    await openPage(page, 'overview', log);
    const waits = page.getByRole('region', { name: text('overview.waits') });
    await waits.getByRole('alert').waitFor();
    await page
      .getByRole('region', { name: text('overview.durations') })
      .getByRole('img')
      .waitFor();
    await page.unroute('**/api/v1/analyses');
    await waits.getByRole('button', { name: text('failure.retry') }).click();
    await waits.getByRole('table').waitFor();
  },
);

story('saved views are at hand', {}, async ({ program, page, text }) => {
  const { log } = await program.demo({ deals: 60, name: 'Deals' });
  await openPage(page, 'overview', log);
  const card = page.getByRole('region', { name: text('views.title'), exact: true });
  await card.getByText(text('views.none')).waitFor();
  const filters = [{ kind: 'ends_with', activities: ['Opportunity Lost'] }];
  const saved = { kind: 'view', page: 'variants', state: { filters } };
  await program.post(`/logs/${log}/views`, { name: 'Lost deals', saved });
  await page.reload();
  await card.getByRole('link', { name: /Lost deals/ }).click();
  await page.waitForURL(new RegExp(`/variants/${log}`));
  assert.deepEqual(JSON.parse(new URL(page.url()).searchParams.get('filters')), filters);
});
