// Can somebody tell which paths the cases take, and go from a path to its cases and its map?

import assert from 'node:assert/strict';
import { openVariants } from './lists.mjs';
import { addressOf, mapDrawn } from './map.mjs';
import { story } from './product.mjs';

const DEALS = { deals: 150, name: 'Deals' };

/** The variants of a log as the server lists them, under some filters. */
async function variantsOf(program, version, filters = []) {
  return program.ask(version, 'variants', { limit: 1_000, happy_path: true }, filters);
}

/** The happy path and the most frequent variant stay on top. */
function pinnedOf({ happy_path: happy }) {
  return happy.rank === null || happy.rank === 1 ? [1] : [happy.rank, 1];
}

/** The ranks in the order of the page. */
function ranksOf(answer) {
  const all = answer.variants.map((_, idx) => idx + 1);
  const pinned = pinnedOf(answer);
  return [...pinned, ...all.filter((rank) => !pinned.includes(rank))];
}

/** Rank, cases and number of steps of the rows that are in the page. */
function rowsOf(page) {
  return page.evaluate(() =>
    [...document.querySelectorAll('tbody tr, thead tr + tr')].map((row) => {
      const cells = [...row.querySelectorAll('td')].map((cell) => cell.innerText.trim());
      return { rank: Number.parseInt(cells[1], 10), steps: Number(cells[3]) };
    }),
  );
}

/** Waits until the page says how many variants there are. */
function counted(page, text, count) {
  return page.getByText(`${text('variants.count', { count })} ·`).waitFor();
}

function chosenBar(page, text) {
  return page.getByRole('region', { name: text('variants.chosen') });
}

story('the variants say how many cases take which path', {}, async (scene) => {
  const { program, page, text } = scene;
  const { log, version } = await program.demo(DEALS);
  const answer = await variantsOf(program, version);
  const { total, cases, variants, happy_path: happy } = answer;
  await openVariants(page, log);
  await counted(page, text, total);
  // The demo has a happy path that is a variant, and not the most frequent one.
  assert.ok(happy.rank > 1, String(happy.rank));
  await page.getByText(text('variants.pinned.happy'), { exact: true }).waitFor();
  await page.getByText(text('variants.pinned.frequent'), { exact: true }).waitFor();
  const table = page.getByRole('table');
  assert.equal(await table.getAttribute('aria-rowcount'), String(total + 1));
  const rows = await rowsOf(page);
  assert.deepEqual(
    rows.slice(0, 5),
    ranksOf(answer)
      .slice(0, 5)
      .map((rank) => ({ rank, steps: variants[rank - 1].activities.length })),
  );

  // The number of cases leads to exactly these cases.
  const [, second] = variants;
  const label = text('variants.casesOf', { cases: second.cases, rank: 2 });
  await page.getByRole('link', { name: label }).click();
  await page.waitForURL(/\/cases\//);
  await page.getByText(text('cases.count', { count: second.cases }), { exact: true }).waitFor();
  await page.goBack();

  // So does the number of all.
  await page.getByRole('link', { name: text('variants.casesCount', { count: cases }) }).click();
  await page.getByText(text('cases.count', { count: cases }), { exact: true }).waitFor();
});

story(
  'a path opens to the full names of its steps, and says them where it has the focus',
  {},
  async (scene) => {
    const { program, page } = scene;
    const { log, version } = await program.demo(DEALS);
    const { happy_path: happy } = await variantsOf(program, version);
    await openVariants(page, log);
    const path = page.locator('[data-path]').first();
    await page.locator('thead input').first().focus();
    await page.keyboard.press('Tab');
    const words = await path.getAttribute('data-path');
    await page.locator('body > div', { hasText: words }).last().waitFor();
    await page.keyboard.press('Enter');
    const steps = page.getByRole('table').getByRole('listitem');
    await steps.first().waitFor();
    assert.equal(await steps.first().innerText(), happy.activities[0]);
    assert.equal(await steps.last().innerText(), happy.activities.at(-1));
  },
);

story('a range of ranks is let go with Escape', {}, async (scene) => {
  const { program, page, text } = scene;
  const { log } = await program.demo(DEALS);
  await openVariants(page, log, `?ranks=${encodeURIComponent('[2,5]')}`);
  await chosenBar(page, text).waitFor();
  await page.keyboard.press('Escape');
  await chosenBar(page, text).waitFor({ state: 'detached' });
  assert.equal(addressOf(page).ranks, undefined);
});

story('variants are searched, sorted and folded, and the address says so', {}, async (scene) => {
  const { program, window, page, text } = scene;
  const { log, version } = await program.demo(DEALS);
  const answer = await variantsOf(program, version);
  const { variants } = answer;
  const pinned = pinnedOf(answer);
  await openVariants(page, log);
  await page.getByRole('searchbox', { name: text('variants.search') }).fill('rejected');
  await page.waitForURL(/q=rejected/);
  const rejected = variants.filter(({ activities }) => activities.includes('Approval Rejected'));
  const ranks = rejected.map((one) => variants.indexOf(one) + 1);
  const found = ranks.find((rank) => !pinned.includes(rank));
  await page.waitForFunction(
    (rank) => document.querySelector('tbody tr td:nth-child(2)')?.innerText.startsWith(`${rank}`),
    found,
  );
  // The happy path and the most frequent one stay on top where they are among what is found.
  const rows = await rowsOf(page);
  const onTop = pinned.filter((rank) => ranks.includes(rank));
  assert.deepEqual(
    rows.slice(0, onTop.length).map(({ rank }) => rank),
    onTop,
  );
  assert.equal(rows.length, ranks.length);
  const said = text('variants.found', { count: ranks.length, total: variants.length });
  await page.getByText(`${said} ·`).waitFor();

  await page.getByRole('searchbox', { name: text('variants.search') }).fill('');
  await page.waitForURL((url) => !url.search.includes('q='));
  await page.getByRole('button', { name: text('variants.steps'), exact: true }).click();
  await page.waitForURL(/sort=steps/);
  const others = variants.filter((_, idx) => !pinned.includes(idx + 1));
  const most = Math.max(...others.map(({ activities }) => activities.length));
  await page.waitForFunction(
    (steps) => document.querySelector('tbody tr td:nth-child(4)')?.innerText === String(steps),
    most,
  );
  await page.getByRole('switch', { name: text('variants.fold') }).click();
  await page.waitForURL(/fold=true/);
  await page.goBack();
  await page.waitForURL((url) => !url.search.includes('fold='));
  assert.match(page.url(), /sort=steps/);
  await page.goForward();
  await page.waitForURL(/fold=true/);

  // The link shows the same to somebody else.
  const other = await window.newTab();
  await other.goto(page.url());
  await other.getByRole('row').nth(1).waitFor();
  assert.deepEqual(await rowsOf(other), await rowsOf(page));
});

story('a part of the curve becomes a filter, a map and a table of cases', {}, async (scene) => {
  const { program, page, text } = scene;
  const { log, version } = await program.demo(DEALS);
  const { variants, cases } = await variantsOf(program, version);
  await openVariants(page, log);

  // By keyboard, from the end to the tenth rank.
  const last = page.getByRole('slider', { name: text('variants.curve.last') });
  await last.press('Home');
  for (let press = 0; press < 9; press += 1) await last.press('ArrowRight');
  await page.waitForURL((url) => url.searchParams.get('ranks') === '[1,10]');
  const top = variants.slice(0, 10);
  const some = top.reduce((sum, one) => sum + one.cases, 0);
  await chosenBar(page, text)
    .getByText(text('variants.chosen.count', { count: 10 }))
    .waitFor();

  // By mouse, over the left half of the picture.
  const plot = await page
    .getByRole('region', { name: text('variants.curve') })
    .getByRole('img')
    .boundingBox();
  await page.mouse.move(plot.x + 3, plot.y + 20);
  await page.mouse.down();
  await page.mouse.move(plot.x + plot.width / 2, plot.y + 30, { steps: 4 });
  await page.mouse.up();
  await page.waitForURL((url) => url.searchParams.get('ranks') !== '[1,10]');
  await page.goto(`/variants/${log}?ranks=[1,10]`);

  const bar = chosenBar(page, text);
  await bar.getByRole('link', { name: text('variants.chosen.open') }).click();
  await page.getByText(text('cases.count', { count: some }), { exact: true }).waitFor();
  await page.goBack();
  await bar.getByRole('link', { name: text('variants.chosen.map') }).click();
  await mapDrawn(page);
  assert.deepEqual(JSON.parse(addressOf(page).filters), [
    { kind: 'variant', ids: top.map((one) => one.variant) },
  ]);
  await page.goBack();
  await bar.getByRole('button', { name: text('variants.chosen.keep') }).click();
  await counted(page, text, 10);
  await page
    .getByText(
      text('filters.coverage', {
        cases: some,
        total: cases,
        share: `${Math.round((some / cases) * 100)}%`,
      }),
    )
    .waitFor();
});

story(
  'an address with nonsense opens the variants and says what was ignored',
  {},
  async (scene) => {
    const { program, page, text } = scene;
    const { log } = await program.demo(DEALS);
    await openVariants(page, log, '?sort=fame&ranks=[9,2]&other=1');
    const note = text('filters.ignored.words', { words: 'sort, ranks and other' });
    await page.getByText(note).waitFor();
    const ranks = (await rowsOf(page)).map(({ rank }) => rank);
    assert.ok(ranks.includes(1), ranks.join());
  },
);

story('filters that leave no case say which of them removes most', {}, async (scene) => {
  const { program, page, text } = scene;
  const { log } = await program.demo(DEALS);
  const filters = [
    { kind: 'activity_contains', activities: ['Quote Issued'] },
    { kind: 'event_count', max: 1 },
  ];
  for (const place of ['variants', 'cases']) {
    await page.goto(`/${place}/${log}?filters=${encodeURIComponent(JSON.stringify(filters))}`);
    await page.getByText(text('map.nomatch.title', { count: 2 })).waitFor();
    await page.getByRole('button', { name: text('map.nomatch.clear') }).click();
    await page.getByRole('row').nth(1).waitFor();
  }
});
