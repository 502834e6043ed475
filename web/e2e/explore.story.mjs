// Do the pages on throughput, rework, people and dots say what the data say, and lead to the cases?

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
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
  const coverage = text('throughput.coverage.last', {
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
  const kept = await answerOf(program, version, 'summary', {}, filters);
  assert.equal(kept.cases, quote.cases_with_repeat);

  await page.getByRole('button', { name: 'Quote Issued', exact: true }).click();
  const card = page.getByRole('region', { name: 'Quote Issued', exact: true });
  await card.getByRole('button', { name: text('rework.drop') }).click();
  await page.waitForURL((url) => url.searchParams.has('filters'));
  await answered(page);
  const without = await answerOf(program, version, 'rework', {}, filtersIn(page.url()));
  const left = without.left_out.reduce((sum, one) => sum + one.events, 0);
  await page
    .getByText(text('rework.coverage.left', { cases: without.cases, left }), { exact: true })
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

story('a pair that hands over becomes a filter', {}, async (scene) => {
  const { program, page, text } = scene;
  const { log, version } = await program.demo(DEALS);
  const { attribute, pairs } = await answerOf(program, version, 'handovers');
  const pair = pairs.find((one) => one.from && one.to && !one.same);
  await openPage(page, 'people', log, { from: pair.from, to: pair.to });
  const name = text('people.pair', { from: pair.from, to: pair.to });
  const card = page.getByRole('region', { name, exact: true });
  await card.getByRole('button', { name: text('explore.keep') }).click();
  await page.waitForURL((url) => url.searchParams.has('filters'));
  const filters = filtersIn(page.url());
  assert.deepEqual(filters, [{ kind: 'handover', attribute, from: [pair.from], to: [pair.to] }]);
  const left = await answerOf(program, version, 'summary', {}, filters);
  assert.equal(left.cases, pair.cases);
  const says = text('filters.says.handover', { from: pair.from, to: pair.to });
  await page.getByRole('button', { name: text('filters.edit', { filter: says }) }).click();
  const editor = page.getByRole('dialog', { name: text('filters.kind.handover') });
  await editor.getByText(pair.from, { exact: true }).first().waitFor();
});

story('the workload of a person is seen by period and by hour', {}, async (scene) => {
  const { program, page, text } = scene;
  const { log, version } = await program.demo(DEALS);
  const params = { period: 'quarter', limit: 15, hours: true };
  const { resources } = await answerOf(program, version, 'workload', params);
  await openPage(page, 'people', log, { show: 'workload', period: 'quarter' });
  const periods = page.getByRole('region', { name: text('people.workload.periods') });
  await periods.locator('[data-cell]').first().focus();
  await page.keyboard.press('Enter');
  await page.waitForURL((url) => url.searchParams.has('at'));
  const address = new URL(page.url()).searchParams;
  const [first] = resources;
  assert.equal(address.get('who'), first.resource);
  const cell = first.periods.find(({ date }) => date === address.get('at').replaceAll('"', ''));
  await periods
    .getByText(new RegExp(`${text.number(cell.events)} `))
    .first()
    .waitFor();

  // Every hour in which that person works is a cell; the table has them all.
  const week = page.getByRole('region', { name: text('people.hours') });
  const dated = first.hours.filter(({ hour }) => hour !== null).length;
  assert.equal(await week.locator('[data-cell]').count(), dated);
  const table = text('explore.table', { title: text('people.hours') });
  await page.getByRole('button', { name: table }).click();
  const twin = page.getByRole('table', { name: text('people.hours') });
  assert.equal(await twin.getAttribute('aria-rowcount'), String(7 * 24 + 1));
});

story('every chart can be taken away with what was looked at above it', {}, async (scene) => {
  const { program, page, text } = scene;
  const { log } = await program.demo(DEALS);
  const filters = [{ kind: 'repeats', activity: 'Quote Issued' }];
  const says = text('filters.says.repeats', { activity: 'Quote Issued', count: 2 });
  const charts = [
    ['throughput', text('throughput.durations')],
    ['throughput', text('throughput.time')],
    ['rework', text('rework.activities')],
    ['people', text('people.matrix')],
    ['dotted', text('dotted.chart')],
    ['variants', text('variants.title')],
  ];
  for (const [place, title] of charts) {
    await openPage(page, place, log, { filters });
    for (const kind of ['svg', 'png']) {
      await page.getByRole('button', { name: text('map.export.part', { title }) }).click();
      const downloading = page.waitForEvent('download');
      await page.getByRole('menuitem', { name: text(`map.export.${kind}`) }).click();
      const file = await downloading;
      assert.ok(file.suggestedFilename().endsWith(`.${kind}`), file.suggestedFilename());
      const bytes = await readFile(await file.path());
      if (kind === 'png') {
        assert.equal(bytes.subarray(1, 4).toString(), 'PNG');
        continue;
      }
      const words = await page.evaluate((svg) => {
        const read = new DOMParser().parseFromString(svg, 'image/svg+xml');
        if (read.querySelector('parsererror')) throw new Error('the picture is no XML');
        return [...read.querySelectorAll('text')].map((one) => one.textContent);
      }, bytes.toString('utf8'));
      assert.equal(words[0], `Deals – ${title}`);
      assert.ok(words[1].includes(text('shell.log.version', { number: '1' })), words[1]);
      assert.ok(words.includes(says), `${place}: ${words.slice(0, 6).join(' | ')}`);
      assert.ok(words.length > 8, `${place} has ${words.length} texts`);
    }
  }
});

story('ages of open cases become a filter', {}, async (scene) => {
  const { program, page, text } = scene;
  const { log, version } = await program.demo(DEALS);
  const { open_ages: ages } = await answerOf(program, version, 'throughput', { ends: ENDS });
  await openPage(page, 'throughput', log, {
    ends: ENDS,
    ageFrom: ages[0].from_s,
    ageTo: ages[0].to_s,
  });
  const card = page.getByRole('region', { name: text('throughput.open.title') });
  await card.getByRole('button', { name: text('explore.keep') }).click();
  await page.waitForURL((url) => url.searchParams.has('filters'));
  const left = await answerOf(program, version, 'summary', {}, filtersIn(page.url()));
  assert.equal(left.cases, ages[0].cases);
});

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
      const { program, window, page } = scene;
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
        ['throughput', { ends: ['Opportunity Won'], ageFrom: 0, ageTo: 8_640_000 }],
        ['people', { show: 'workload', period: 'quarter', who: 'system', at: '2024-01-01' }],
        ['people', { show: 'workload', tables: ['periods', 'hours'] }],
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
      const alert = page.getByRole('main').getByRole('alert');
      await alert.waitFor();
      await look('failure');
      await alert.getByRole('button', { name: /Nowhere/ }).click();
      await answered(page);
      assert.deepEqual(faults, []);
    },
  );
}

story('the arrow of an order stands beside its header, of two lines too', {}, async (scene) => {
  const { program, page, text } = scene;
  const { log } = await program.demo(DEALS);
  await openPage(page, 'rework', log);
  const table = page.getByRole('table', { name: text('rework.activities') });
  await table.getByRole('columnheader', { name: text('rework.share') }).waitFor();
  for (const key of ['rework.repeats', 'rework.share', 'rework.again']) {
    const head = table.getByRole('button', { name: text(key), exact: true });
    await head.click();
    const gap = await head.evaluate((one) => {
      const words = document.createRange();
      words.selectNodeContents(one.firstChild);
      const [arrow] = one.getElementsByTagName('svg');
      return arrow.getBoundingClientRect().left - words.getBoundingClientRect().right;
    });
    assert.ok(gap > -2 && gap < 6, `${key}: ${gap} px between the words and the arrow`);
  }
});
