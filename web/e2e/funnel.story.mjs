// Does the funnel say what the data say, and does every figure lead to exactly its cases?

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { answered, answerOf, filtersIn, openPage } from './explore.mjs';
import { story } from './product.mjs';

const DEALS = { deals: 300, name: 'Deals' };
const ENDS = ['Opportunity Lost', 'Payment Received'];
const ROAD = ['Opportunity Created', 'Opportunity Qualified', 'Quote Issued', 'Opportunity Won'];
const STAGES = ROAD.map((name) => ({ activities: [name] }));

/** The filters of a link, and how many cases they leave. */
async function casesOf(program, version, link) {
  const filters = filtersIn(await link.evaluate((one) => one.href));
  return (await answerOf(program, version, 'summary', {}, filters)).cases;
}

function stage(page, name) {
  return page.locator(`[data-stage="${name}"]`);
}

story('a funnel is there at once; a click shows where cases go instead', {}, async (scene) => {
  const { program, page, text } = scene;
  const { log, version } = await program.demo(DEALS);
  await openPage(page, 'funnel', log);
  await page.getByText(text('funnel.stages.starting')).waitFor();
  const names = await page
    .locator('[data-stage]')
    .evaluateAll((all) => all.map((one) => one.dataset.stage));
  assert.ok(names.includes('Opportunity Won'), `${names}`);
  const stages = names.map((name) => ({ activities: [name] }));
  const answer = await answerOf(program, version, 'funnel', { stages });

  const at = answer.stages.find((one) => one.drop_off?.cases > 1);
  await stage(page, at.stage).click();
  await page.waitForURL((url) => url.searchParams.get('stage')?.includes(at.stage));
  const detail = page.getByRole('region', { name: at.stage, exact: true });
  const [next] = at.drop_off.next;
  const link = detail.getByRole('link', {
    name: text('explore.casesOf', { count: next.cases, name: next.activity }),
  });
  assert.equal(await casesOf(program, version, link), next.cases);

  await detail.getByRole('button', { name: text('funnel.keep.stopped') }).click();
  await page.waitForURL((url) => url.searchParams.has('filters'));
  const left = await answerOf(program, version, 'summary', {}, filtersIn(page.url()));
  assert.equal(left.cases, at.drop_off.cases);
  await link.click();
  await page.waitForURL(new RegExp(`/cases/${log}`));
  await page.locator('[data-case]').first().waitFor();
});

story('stages are chosen by keyboard, and are in the address', {}, async (scene) => {
  const { page, program, text } = scene;
  const { log, version } = await program.demo(DEALS);
  await openPage(page, 'funnel', log, { stages: STAGES });
  const list = page.getByRole('list', { name: text('filters.stages') });
  await page.getByRole('button', { name: text('funnel.stages.change') }).press('Enter');
  const names = () => list.getByRole('button').allTextContents();
  await list
    .getByRole('button', { name: text('filters.stages.remove', { stage: 'Quote Issued' }) })
    .press('Enter');
  await page.waitForURL((url) => !url.searchParams.get('stages').includes('Quote Issued'));

  const add = page.getByRole('combobox', { name: text('filters.stages.add') });
  await add.fill('Contract Si');
  await add.press('ArrowDown');
  await add.press('Enter');
  await page.waitForURL((url) => url.searchParams.get('stages').includes('Contract Signed'));
  assert.equal(await add.inputValue(), '', 'the field is there for the next one');
  const forward = text('filters.stages.earlier', { stage: 'Contract Signed' });
  await list.getByRole('button', { name: forward }).press('Enter');
  await stage(page, 'Contract Signed').waitFor();
  await page.waitForFunction(
    () =>
      [...document.querySelectorAll('[data-stage]')].at(-1)?.dataset.stage === 'Opportunity Won',
  );
  assert.deepEqual((await names()).filter(Boolean), [
    'Opportunity Created',
    'Opportunity Qualified',
    'Contract Signed',
    'Opportunity Won',
  ]);

  // A stage of two activities, with a name.
  const edit = text('filters.stages.edit', { stage: 'Contract Signed' });
  await list.getByRole('button', { name: edit, exact: true }).click();
  const form = page.getByRole('dialog', { name: edit });
  await form.getByRole('combobox', { name: text('filters.stages.activities') }).fill('Quote Acc');
  await page.getByRole('option', { name: 'Quote Accepted' }).click();
  const both = 'Contract Signed / Quote Accepted';
  await stage(page, both).waitFor();
  const again = text('filters.stages.edit', { stage: both });
  await list.getByRole('button', { name: again, exact: true }).click();
  const name = page
    .getByRole('dialog', { name: again })
    .getByRole('textbox', { name: text('filters.stages.name') });
  await name.fill('Agreed');
  await name.press('Enter');
  await stage(page, 'Agreed').waitFor();

  const stages = JSON.parse(new URL(page.url()).searchParams.get('stages'));
  const { stages: found } = await answerOf(program, version, 'funnel', { stages });
  const agreed = found.find((one) => one.stage === 'Agreed');
  await stage(page, 'Agreed')
    .getByText(text('funnel.bar', { cases: agreed.cases }))
    .waitFor();
  await page.reload();
  await answered(page);
  await stage(page, 'Agreed').waitFor();
  await page.goBack();
  await stage(page, both).waitFor();
});

story('stages are put in order by mouse', {}, async ({ program, page, text }) => {
  const { log } = await program.demo(DEALS);
  await openPage(page, 'funnel', log, { stages: STAGES });
  await page.getByRole('button', { name: text('funnel.stages.change') }).click();
  const items = page.getByRole('list', { name: text('filters.stages') }).getByRole('listitem');
  await items.nth(3).dragTo(items.nth(0));
  await page.waitForURL((url) => {
    const stages = JSON.parse(url.searchParams.get('stages'));
    return stages[0].activities[0] === 'Opportunity Won';
  });
});

story('open cases are shown apart, in both orders', {}, async (scene) => {
  const { program, page, text } = scene;
  const { log, version } = await program.demo(DEALS);
  for (const order of ['strict', 'any']) {
    const search = {
      stages: STAGES,
      ends: ENDS,
      stage: ROAD[0],
      ...(order === 'any' && { order }),
    };
    await openPage(page, 'funnel', log, search);
    await page.getByText(text(`funnel.stages.${order}`)).waitFor();
    const params = { stages: STAGES, order, ends: ENDS };
    const { stages, open } = await answerOf(program, version, 'funnel', params);
    const { drop_off } = stages[0];
    assert.ok(drop_off.open > 0 && drop_off.ended > 0, JSON.stringify(drop_off));
    const detail = page.getByRole('region', { name: ROAD[0], exact: true });
    for (const part of ['open', 'ended']) {
      const name = text('explore.casesOf', {
        count: drop_off[part],
        name: text(`funnel.stops.${part}`),
      });
      const link = detail.getByRole('link', { name, exact: true });
      assert.equal(await casesOf(program, version, link), drop_off[part], `${order}, ${part}`);
    }
    const still = page.getByRole('link', { name: new RegExp(`^${text.number(open)} `) }).first();
    assert.equal(await casesOf(program, version, still), open);
    await page.getByText(text('funnel.legend.open')).waitFor();
  }
});

story('every number of cases in the table leads to exactly these cases', {}, async (scene) => {
  const { program, page, text } = scene;
  const { log, version } = await program.demo(DEALS);
  const what = {
    stops: ['funnel.stopped', (one) => one.drop_off?.cases],
    open: ['funnel.stops.open', (one) => one.drop_off?.open],
    ended: ['funnel.stops.ended', (one) => one.drop_off?.ended],
    later: ['funnel.later', (one) => one.drop_off?.later],
    skipped: ['funnel.skipped', (one) => one.skipped],
    returned: ['funnel.returned', (one) => one.returned_cases],
  };
  let compared = 0;
  for (const order of ['strict', 'any']) {
    const params = { stages: STAGES, order, ends: ENDS };
    const search = { stages: STAGES, ends: ENDS, table: true, ...(order === 'any' && { order }) };
    await openPage(page, 'funnel', log, search);
    const { stages } = await answerOf(program, version, 'funnel', params);
    const table = page.getByRole('table', { name: text('funnel.picture'), exact: true });
    for (const one of stages) {
      for (const [key, of] of Object.values(what)) {
        const count = of(one) ?? 0;
        if (count === 0) continue;
        const name = text('explore.casesOf', { count, name: `${one.stage}, ${text(key)}` });
        const link = table.getByRole('link', { name, exact: true });
        assert.equal(await casesOf(program, version, link), count, `${order}: ${name}`);
        compared += 1;
      }
    }
    // What the headline says of the last stage, and cases that have a later one all the same.
    const last = stages.at(-1);
    const first = stages.find((one) => one.drop_off?.later > 0);
    if (order === 'strict') {
      assert.ok(last.at_all > last.cases, 'the demo has cases that skip a stage');
      const link = page.getByRole('link', {
        name: new RegExp(`^${text.number(last.at_all)} `),
      });
      assert.equal(await casesOf(program, version, link.first()), last.at_all);
      await openPage(page, 'funnel', log, { ...search, stage: first.stage });
      const parts = { 'funnel.later': 'later', 'funnel.later.none': 'nothing_later' };
      for (const [key, part] of Object.entries(parts)) {
        const count = first.drop_off[part];
        const name = text('explore.casesOf', { count, name: text(key) });
        const none = page.getByRole('link', { name, exact: true });
        assert.equal(await casesOf(program, version, none), count, `${first.stage}, ${part}`);
      }
    }
    // What came next instead, of those that are still open.
    const at = stages.find((one) => one.drop_off?.next.some(({ open }) => open > 0));
    await openPage(page, 'funnel', log, { ...search, stage: at.stage });
    const detail = page.getByRole('region', { name: at.stage, exact: true });
    for (const { activity, open } of at.drop_off.next.filter((next) => next.open > 0)) {
      const next = activity ?? text('funnel.next.nothing');
      const name = text('explore.casesOf', {
        count: open,
        name: `${next}, ${text('funnel.open')}`,
      });
      const link = detail.getByRole('link', { name, exact: true });
      assert.equal(await casesOf(program, version, link), open, name);
      compared += 1;
    }
  }
  assert.ok(compared > 15, `${compared} numbers were followed`);
});

story('cases that come back lead to exactly these cases', {}, async (scene) => {
  const { program, page, text } = scene;
  const { log, version } = await program.demo({ deals: 1_000, name: 'Deals' });
  const stages = ['Sales Order Created', 'Order Fulfilled', 'Invoice Sent', 'Payment Received'];
  const asked = stages.map((name) => ({ activities: [name] }));
  await openPage(page, 'funnel', log, { stages: asked });
  const answer = await answerOf(program, version, 'funnel', { stages: asked });
  assert.ok(answer.returns.length > 0, 'the demo has cases that come back');
  const table = page.getByRole('table', { name: text('funnel.returns') });
  for (const { from, to, cases } of answer.returns) {
    const name = text('explore.casesOf', { count: cases, name: `${from} → ${to}` });
    const link = table.getByRole('link', { name, exact: true });
    assert.equal(await casesOf(program, version, link), cases, name);
  }
  const card = page.getByRole('region', { name: text('funnel.returns') });
  const any = card.getByRole('link', { name: new RegExp(`^${answer.returned_cases} `) }).first();
  assert.equal(await casesOf(program, version, any), answer.returned_cases);
});

story('a month is chosen, and compared with an earlier one', {}, async (scene) => {
  const { program, page, text } = scene;
  const { log, version } = await program.demo(DEALS);
  await openPage(page, 'funnel', log, { stages: STAGES });
  const { cohorts } = await answerOf(program, version, 'funnel', {
    stages: STAGES,
    cohorts: 'month',
  });
  const most = cohorts.reduce((best, one) => (one.cases > best.cases ? one : best));
  const earlier = cohorts.find((one) => one.cases > 0);
  assert.notEqual(most.date, earlier.date);
  const card = page.getByRole('region', { name: text('funnel.cohorts', { length: 'month' }) });
  await card.getByRole('button', { name: monthOf(most.date), exact: true }).click();
  await page.waitForURL((url) => url.searchParams.get('cohort')?.includes(most.date));
  await stage(page, ROAD[0])
    .getByText(text('funnel.bar', { cases: most.stages[0].cases }))
    .waitFor();

  const against = page.getByRole('combobox', { name: text('funnel.against') });
  await against.click();
  await page.getByRole('option', { name: new RegExp(`^${monthOf(earlier.date)} `) }).click();
  await page.waitForURL((url) => url.searchParams.get('against')?.includes(earlier.date));
  const legend = text('funnel.legend.earlier', { period: monthOf(earlier.date) });
  await page.getByText(legend).waitFor();
  const show = card.getByRole('link', { name: text('explore.show') });
  assert.equal(await casesOf(program, version, show), most.cases);
  await card.getByRole('button', { name: text('explore.keep') }).click();
  await page.waitForURL(
    (url) => url.searchParams.has('filters') && !url.searchParams.has('cohort'),
  );
});

function monthOf(date) {
  return new Date(date).toLocaleDateString('en-GB', { month: 'short', year: 'numeric' });
}

story('the funnel is taken away as a picture and as a table', {}, async (scene) => {
  const { program, page, text } = scene;
  const { log } = await program.demo(DEALS);
  await openPage(page, 'funnel', log, { stages: STAGES });
  const title = text('funnel.picture');
  const card = page.getByRole('region', { name: title, exact: true });
  await stage(page, ROAD[0]).waitFor();
  for (const kind of ['svg', 'png']) {
    await card.getByRole('button', { name: text('map.export.part', { title }) }).click();
    const [file] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('menuitem', { name: text(`map.export.${kind}`) }).click(),
    ]);
    const content = await readFile(await file.path());
    assert.ok(file.suggestedFilename().endsWith(`.${kind}`));
    if (kind === 'svg') {
      const svg = content.toString();
      assert.ok(svg.includes('Opportunity Qualified') && !svg.includes('class='));
      // Colours are in the file itself.
      assert.ok(/<rect[^>]*fill="rgb\(47, 111, 189\)"/.test(svg), 'the bars keep their colour');
    } else {
      assert.equal(content.subarray(1, 4).toString(), 'PNG');
    }
  }
  await card.getByRole('button', { name: text('explore.table', { title }) }).click();
  const [file] = await Promise.all([
    page.waitForEvent('download'),
    card.getByRole('button', { name: text('explore.csv') }).click(),
  ]);
  assert.match(file.suggestedFilename(), / – .+ \d+\.csv$/, 'the log, the table, the version');
  const lines = (await readFile(await file.path(), 'utf8')).trim().split('\r\n');
  assert.equal(lines.length, 1 + STAGES.length);
});

story('a filter of the funnel is made and changed in the builder', {}, async (scene) => {
  const { program, page, text } = scene;
  const { log, version } = await program.demo(DEALS);
  const filter = {
    kind: 'funnel_place',
    stages: STAGES,
    place: 'stopped',
    stage: 'Opportunity Qualified',
  };
  await openPage(page, 'funnel', log, { stages: STAGES, filters: [filter] });
  const said = text('filters.says.funnel.stopped', { stage: filter.stage, order: 'strict' });
  await page
    .getByRole('button', { name: new RegExp(said) })
    .first()
    .click();
  const dialog = page.getByRole('dialog', { name: text('filters.kind.funnel_place') });
  await dialog
    .getByLabel(text('filters.editor.funnel.place'), { exact: true })
    .selectOption('reached');
  await dialog.getByRole('button', { name: text('filters.apply') }).click();
  await page.waitForURL((url) => url.searchParams.get('filters')?.includes('reached'));
  const [changed] = filtersIn(page.url());
  assert.deepEqual(changed, { ...filter, place: 'reached' });
  const { stages } = await answerOf(program, version, 'funnel', { stages: STAGES });
  const left = await answerOf(program, version, 'summary', {}, [changed]);
  assert.equal(left.cases, stages[1].cases);
});

story('an address with nonsense opens the funnel and says what it ignored', {}, async (scene) => {
  const { program, page, text } = scene;
  const { log } = await program.demo(DEALS);
  const stages = [{ activities: ['Sleep'] }];
  await openPage(page, 'funnel', log, { stages, order: 'luck', cohort: '1999-01-01' });
  await page.getByText(text('filters.ignored.words', { words: 'order' })).waitFor();
  await page.getByText(text('explore.ignored', { words: 'stages', count: 1 })).waitFor();
  // Nobody started then: the page says so, and goes back to all.
  await page.getByText(text('funnel.cohort.nobody', { period: monthOf('1999-01-01') })).waitFor();
});
