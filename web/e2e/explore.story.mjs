// Do the pages on throughput, rework, people and dots say what the data say, and lead to the cases?

import assert from 'node:assert/strict';
import { answered, answerOf, filtersIn, openPage } from './explore.mjs';
import { story } from './product.mjs';
import { LANGUAGES } from './texts.mjs';
import { shownIn } from './window.mjs';

const DEALS = { deals: 150, name: 'Deals' };
const ENDS = ['Opportunity Won', 'Opportunity Lost'];

story('a range of durations, marked by keyboard, becomes a filter', {}, async (scene) => {
  const { program, page, text } = scene;
  const { log, version } = await program.demo(DEALS);
  const { histogram } = await answerOf(program, version, 'throughput');
  await openPage(page, 'throughput', log);
  const end = page.getByRole('slider', { name: text('throughput.range.to') });
  await end.press('Home');
  await page.waitForURL((url) => url.searchParams.has('to'));
  assert.equal(await end.getAttribute('aria-valuenow'), String(histogram[0].to_s));

  await page.getByRole('button', { name: text('explore.keep') }).click();
  await page.waitForURL((url) => url.searchParams.has('filters'));
  const filters = filtersIn(page.url());
  const left = await answerOf(program, version, 'summary', {}, filters);
  assert.equal(left.cases, histogram[0].cases);
  const coverage = text('throughput.coverage', {
    used: left.cases,
    eligible: left.cases,
    link: (parts) => parts.join(''),
  });
  await page.getByText([coverage].flat().join('')).waitFor();

  await page.goBack();
  await page.waitForURL((url) => !url.searchParams.has('filters'));
  assert.equal(await end.getAttribute('aria-valuenow'), String(histogram[0].to_s));
});

story('a range of durations is drawn by mouse', {}, async ({ program, page, text }) => {
  const { log, version } = await program.demo(DEALS);
  const { histogram } = await answerOf(program, version, 'throughput');
  await openPage(page, 'throughput', log);
  const picture = await page
    .getByRole('region', { name: text('throughput.durations') })
    .getByRole('group')
    .boundingBox();
  await page.mouse.move(picture.x + 60, picture.y + 120);
  await page.mouse.down();
  await page.mouse.move(picture.x + picture.width / 2, picture.y + 100, { steps: 4 });
  await page.mouse.up();
  await page.waitForURL((url) => url.searchParams.has('to'));
  const { searchParams } = new URL(page.url());
  assert.equal(Number(searchParams.get('from')), 0);
  const edges = histogram.map((bin) => bin.to_s);
  assert.ok(edges.includes(Number(searchParams.get('to'))), 'the range ends at an edge');
});

story('open cases are shown apart once it is said what ends a case', {}, async (scene) => {
  const { program, page, text } = scene;
  const { log, version } = await program.demo(DEALS);
  await openPage(page, 'throughput', log);
  const card = page.getByRole('region', { name: text('throughput.open.title') });
  await card.getByText(text('throughput.open.undeclared')).waitFor();
  const ends = page.getByRole('combobox', { name: text('throughput.ends') });
  for (const name of ENDS) {
    await ends.fill(name);
    await page.getByRole('option', { name, exact: true }).click();
  }
  await page.waitForURL((url) => url.searchParams.get('ends')?.includes(ENDS[1]));
  const { open } = await answerOf(program, version, 'throughput', { ends: ENDS });
  assert.ok(open > 0);
  const link = card.getByRole('link', { name: new RegExp(`^${text.number(open)} `) });
  await link.waitFor();
  assert.deepEqual(filtersIn(await link.evaluate((one) => one.href)), [
    { kind: 'activity_not_contains', activities: ENDS },
  ]);
});

story('what is repeated leads to its cases, and can be left out', {}, async (scene) => {
  const { program, page, text } = scene;
  const { log, version } = await program.demo(DEALS);
  await openPage(page, 'rework', log);
  const { activities } = await answerOf(program, version, 'rework');
  const quote = activities.find((one) => one.activity === 'Quote Issued');
  const link = page.getByRole('link', {
    name: text('explore.casesOf', { count: quote.cases_with_repeat, name: 'Quote Issued' }),
  });
  const filters = filtersIn(await link.evaluate((one) => one.href));
  const left = await answerOf(program, version, 'summary', {}, filters);
  assert.equal(left.cases, quote.cases_with_repeat);

  await page.getByRole('button', { name: 'Quote Issued', exact: true }).click();
  const card = page.getByRole('region', { name: 'Quote Issued', exact: true });
  await card.getByRole('button', { name: text('rework.drop') }).click();
  await page.waitForURL((url) => url.searchParams.has('filters'));
  await answered(page);
  const without = await answerOf(program, version, 'summary', {}, filtersIn(page.url()));
  await page
    .getByText(text('rework.coverage', { cases: without.cases }), { exact: true })
    .waitFor();
  assert.equal(await link.count(), 0);
});

story(
  'the matrix of handovers is walked by keyboard; the table has every pair',
  {},
  async (scene) => {
    const { program, page, text } = scene;
    const { log, version } = await program.demo(DEALS);
    await openPage(page, 'people', log);
    const answer = await answerOf(program, version, 'handovers', { limit: 5000 });
    const cells = page.locator('[data-cell]');
    await cells.first().focus();
    await page.keyboard.press('ArrowRight');
    const [row, column] = (await page.evaluate(() => document.activeElement.dataset.cell)).split(
      '-',
    );
    assert.equal(row, '0');
    assert.notEqual(column, '0');
    await page.keyboard.press('Enter');
    await page.waitForURL((url) => url.searchParams.has('from'));
    const person = (idx) => answer.resources[idx].resource ?? text('people.unknown');
    const pair = { from: person(Number(row)), to: person(Number(column)) };
    await page.getByRole('region', { name: text('people.pair', pair), exact: true }).waitFor();

    const table = text('explore.table', { title: text('people.matrix') });
    await page.getByRole('button', { name: table }).click();
    const twin = page.getByRole('table', { name: text('people.matrix') });
    await twin.waitFor();
    assert.equal(await twin.getAttribute('aria-rowcount'), String(answer.pairs.length + 1));
  },
);

story('a dot opens its case; what is chosen is in the address', {}, async (scene) => {
  const { program, page, text } = scene;
  const { log, version } = await program.demo(DEALS);
  const search = { axis: 'relative', sort: 'duration', sample: 250 };
  await openPage(page, 'dotted', log, search);
  const answer = await answerOf(program, version, 'dotted', { sample: 250, sort: 'duration' });
  const picture = page.getByRole('img', { name: /./ }).and(page.locator('canvas'));
  const { x, y, height } = await picture.boundingBox();
  // The first event of every case stands at the left end, one row below the other.
  const rows = height - 26 - 6;
  const third = y + 6 + (rows * 2.5) / answer.rows.length;
  await page.mouse.move(x + 12, third);
  await page.mouse.click(x + 12, third);
  await page.waitForURL(new RegExp(`/cases/${log}`));
  const opened = new URL(page.url()).searchParams.get('case');
  const near = answer.rows.slice(0, 10).map((one) => one.case);
  assert.ok(near.includes(opened.replaceAll('"', '')), `${opened} is among ${near}`);

  await page.goBack();
  await answered(page);
  await page.getByText(text('dotted.axis.week'), { exact: true }).click();
  await page.waitForURL(/axis=week/);
});

story('an address with nonsense opens the page and says what it ignored', {}, async (scene) => {
  const { program, page, text } = scene;
  const { log } = await program.demo(DEALS);
  await openPage(page, 'throughput', log, { by: 'Shoe size', period: 'fortnight', perid: 'week' });
  await page.getByText(text('filters.ignored.words', { words: 'period and perid' })).waitFor();
  await page.getByText(text('explore.ignored', { words: 'by', count: 1 })).waitFor();
});

for (const language of LANGUAGES) {
  story(
    `the pages about a log can be used by everybody (${language})`,
    { language },
    async (scene) => {
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
      const views = [
        ['throughput', { by: 'SalesRegion', ends: ENDS, from: 0, to: 864_000 }],
        ['throughput', { tables: ['durations', 'time', 'open'], ends: ENDS }],
        ['rework', { activity: 'Quote Issued' }],
        ['people', { metric: 'wait', from: 'system', to: 'Accounts Receivable' }],
        ['people', { table: true, filters: [{ kind: 'repeats' }] }],
        ['dotted', { highlight: 'Quote Issued' }],
        ['dotted', { table: true, nonsense: 1 }],
        ['rework', { filters: [{ kind: 'case_ids', ids: ['nowhere'] }] }],
      ];
      for (const [place, search] of views) {
        await openPage(page, place, log, search);
        await look(`${place} ${JSON.stringify(search)}`);
      }
      window.provokes('400');
      const stranger = [{ kind: 'attribute_in', attribute: 'Nowhere', values: ['x'] }];
      await page.goto(`/rework/${log}?filters=${JSON.stringify(stranger)}`);
      await page.getByRole('main').getByRole('alert').waitFor();
      await look('failure');
      await page.getByRole('button', { name: text('explore.nomatch.clear') }).click();
      await answered(page);
      assert.deepEqual(faults, []);
    },
  );
}
