// Can an analyst narrow a log down to the cases in question, see what each step costs, and go back?

import assert from 'node:assert/strict';
import { addressOf, keyFigure, mapDrawn, openMap } from './map.mjs';
import { story } from './product.mjs';
import { LANGUAGES } from './texts.mjs';
import { settled, shownIn } from './window.mjs';

const QUOTED = { kind: 'activity_contains', activities: ['Quote Issued'] };
const LOST = { kind: 'ends_with', activities: ['Opportunity Lost'] };
const LONG = { kind: 'duration', min_s: 30 * 86_400 };
const QUOTES = {
  kind: 'event_activity',
  activities: ['Opportunity Created', 'Quote Issued', 'Opportunity Lost'],
};

function searchOf(filters, paused = []) {
  const words = { filters: JSON.stringify(filters) };
  if (paused.length > 0) words.paused = JSON.stringify(paused);
  return `?${new URLSearchParams(words)}`;
}

/** Cases and events that filters leave, as the program counts them. */
async function sizeUnder(program, version, filters) {
  const tiles = [{ id: 'size', question: 'summary' }];
  return (await program.post('/analyses', { version, filters, tiles })).size;
}

function bar(page, text) {
  return page.getByRole('list', { name: text('filters.bar') });
}

function chip(page, text, said) {
  return bar(page, text).getByRole('listitem').filter({ hasText: said });
}

function press(scope, text, key, values) {
  return scope.getByRole('button', { name: text(key, values), exact: true }).click();
}

/** Opens the list of kinds and chooses one; the window in which it is made. */
async function begin(page, text, kind) {
  await press(page, text, 'filters.add');
  const dialog = page.getByRole('dialog');
  await press(dialog, text, `filters.kind.${kind}`);
  return dialog;
}

async function apply(dialog, text) {
  await press(dialog, text, 'filters.apply');
  await dialog.waitFor({ state: 'detached' });
}

function filtersOf(page) {
  return JSON.parse(addressOf(page).filters ?? '[]');
}

story('a filter is made, weighed, paused, changed, undone and removed', {}, async (scene) => {
  const { program, page, text } = scene;
  const { log } = await program.demo({ deals: 400, name: 'Deals' });
  const version = `${log}@1`;
  await openMap(page, log);
  const cases = async (filters) => (await sizeUnder(program, version, filters)).cases;
  const all = await cases([]);
  const shows = (count) =>
    page
      .getByText(
        text('filters.coverage', {
          cases: count,
          total: all,
          share: (count / all).toLocaleString('en-GB', { style: 'percent' }),
        }),
      )
      .waitFor();
  await shows(all);

  // What there is to choose from is counted.
  const dialog = await begin(page, text, 'activity_contains');
  assert.equal(
    await dialog.getByRole('button', { name: text('filters.apply') }).isEnabled(),
    false,
  );
  const quoted = await cases([QUOTED]);
  const row = dialog.getByRole('listitem').filter({ hasText: 'Quote Issued' });
  await row.getByText(text.number(quoted), { exact: true }).waitFor();
  await row.getByRole('checkbox').check();
  await apply(dialog, text);
  const said = 'With Quote Issued';
  await chip(page, text, said)
    .getByText(text('filters.removes.cases.detail', { count: all - quoted }))
    .waitFor();
  await shows(quoted);
  await mapDrawn(page);
  assert.equal(await keyFigure(page, text, 'cases').innerText(), text.number(quoted));
  assert.deepEqual(filtersOf(page), [QUOTED]);

  await press(page, text, 'filters.pause', { filter: said });
  await shows(all);
  await chip(page, text, said)
    .getByText(text('filters.removes.cases.detail', { count: all - quoted }))
    .waitFor();
  assert.equal(addressOf(page).filters, undefined);
  await press(page, text, 'filters.resume', { filter: said });
  await shows(quoted);

  await press(page, text, 'filters.edit', { filter: said });
  await dialog.getByRole('checkbox', { name: 'Opportunity Lost' }).check();
  await dialog.getByText(text('filters.editor.mode.all'), { exact: true }).click();
  await apply(dialog, text);
  const both = { ...QUOTED, activities: ['Quote Issued', 'Opportunity Lost'], mode: 'all' };
  await shows(await cases([both]));
  assert.deepEqual(filtersOf(page), [both]);

  await press(page, text, 'filters.undo');
  await shows(quoted);
  await press(page, text, 'filters.remove', { filter: said });
  await shows(all);
  await press(page, text, 'filters.undo');
  await shows(quoted);
});

story('filters are joined with "or", by the menu and by dragging', {}, async (scene) => {
  const { program, page, text } = scene;
  const { log } = await program.demo({ deals: 400, name: 'Deals' });
  await openMap(page, log, searchOf([LOST, QUOTES, LONG]));
  const [lost, long] = ['Ends with Opportunity Lost', 'Duration: at least 30 days'];
  await press(page, text, 'filters.menu', { filter: long });
  await page.getByRole('menuitem', { name: text('filters.group', { filter: lost }) }).click();
  const or = text('filters.or', { first: long, second: lost });
  await chip(page, text, or).waitFor();
  const any = { any: [LONG, LOST] };
  assert.deepEqual(filtersOf(page), [QUOTES, any]);
  const version = `${log}@1`;
  const [left, whole] = [
    await sizeUnder(program, version, [QUOTES, any]),
    await sizeUnder(program, version, [QUOTES]),
  ];
  await chip(page, text, or)
    .getByText(text('filters.removes.cases.detail', { count: whole.cases - left.cases }))
    .waitFor();

  await press(page, text, 'filters.menu', { filter: or });
  await page.getByRole('menuitem', { name: text('filters.split') }).click();
  await chip(page, text, lost).waitFor();
  assert.deepEqual(filtersOf(page), [QUOTES, LONG, LOST]);
  await chip(page, text, lost)
    .locator('[draggable]')
    .dragTo(chip(page, text, long));
  await chip(page, text, or).waitFor();

  await press(page, text, 'filters.clear');
  await bar(page, text).waitFor({ state: 'detached' });
  assert.equal(addressOf(page).filters, undefined);
});

/** What is done in the window of each kind so that there is a filter. */
const MAKING = {
  activity_contains: chooseFirst,
  activity_not_contains: (dialog) => dialog.getByRole('checkbox').last().check(),
  starts_with: chooseFirst,
  ends_with: chooseFirst,
  follows: async (dialog, text) => {
    for (const [field, name] of [
      ['followed', 'Quote Issued'],
      ['following', 'Opportunity Lost'],
    ]) {
      await dialog.getByRole('combobox', { name: text(`filters.editor.${field}`) }).fill(name);
      await dialog.page().getByRole('option', { name, exact: true }).click();
    }
    // It is said of what the bounds are.
    const between = dialog.getByRole('group', { name: text('filters.editor.time.between') });
    await between.getByLabel(text('filters.editor.most')).fill('300');
  },
  activity_time: async (dialog, text) => {
    const name = 'Quote Issued';
    await dialog.getByRole('combobox', { name: text('filters.editor.activities') }).fill(name);
    await dialog.page().getByRole('option', { name, exact: true }).click();
    const wait = dialog.getByRole('group', { name: text('filters.editor.time.wait') });
    await wait.getByLabel(text('filters.editor.least')).fill('2');
  },
  repeats: async () => {},
  variant: chooseFirst,
  attribute_in: (dialog, text) => chooseValue(dialog, text, 'SalesRegion'),
  attribute_not_in: (dialog, text) => chooseValue(dialog, text, 'SalesRegion'),
  attribute_range: async (dialog, text) => {
    await chooseAttribute(dialog, text, 'DiscountPercentage');
    await dialog.getByLabel(text('filters.editor.least')).fill('0.05');
  },
  attribute_period: async (dialog, text) => {
    await chooseAttribute(dialog, text, 'OpportunityCloseDate');
    await dialog.getByLabel(text('filters.editor.day.first')).fill('2023-06-01');
  },
  period: async (dialog, text) => {
    await dialog.getByLabel(text('filters.editor.day.first')).fill('2023-01-01');
    await dialog.getByLabel(text('filters.editor.day.last')).fill('2023-12-31');
  },
  duration: (dialog, text) => dialog.getByLabel(text('filters.editor.least')).fill('30'),
  event_count: (dialog, text) => dialog.getByLabel(text('filters.editor.most')).fill('30'),
  case_ids: async (dialog, text, program, version) => {
    const tiles = [{ id: 'cases', question: 'cases', params: { limit: 2 } }];
    const { tiles: answers } = await program.post('/analyses', { version, filters: [], tiles });
    const ids = answers[0].answer.cases.map((one) => one.case);
    await dialog.getByLabel(text('filters.editor.ids')).fill(ids.join('\n'));
  },
  funnel_place: async (dialog, text) => {
    const add = dialog.getByRole('combobox', { name: text('filters.stages.add') });
    for (const stage of ['Opportunity Created', 'Quote Issued']) {
      await add.fill(stage);
      await add.press('ArrowDown');
      await add.press('Enter');
      await dialog.getByRole('button', { name: stage }).first().waitFor();
    }
  },
  handover: async (dialog, text) => {
    const from = dialog.getByRole('combobox', { name: text('filters.editor.handover.from') });
    await from.click();
    await dialog.page().locator('[data-combobox-option]:visible').first().click();
    // What hangs open covers the button below.
    await from.press('Shift+Tab');
  },
  sample: (dialog, text) => dialog.getByLabel(text('filters.editor.share')).fill('50'),
  event_activity: chooseFirst,
  event_attribute_in: (dialog, text) => chooseValue(dialog, text, 'Resource'),
  event_attribute_range: async (dialog, text) => {
    await chooseAttribute(dialog, text, 'DiscountPercentage');
    await dialog.getByLabel(text('filters.editor.most')).fill('0.3');
  },
  event_period: (dialog, text) =>
    dialog.getByLabel(text('filters.editor.day.last')).fill('2024-12-31'),
  group_activities: async (dialog, text) => {
    await dialog.getByLabel(text('filters.editor.group')).fill('Early');
    await chooseFirst(dialog);
  },
};

function chooseFirst(dialog) {
  return dialog.getByRole('listitem').getByRole('checkbox').first().check();
}

function chooseAttribute(dialog, text, name) {
  return dialog.getByLabel(text('filters.editor.attribute')).selectOption({ label: name });
}

async function chooseValue(dialog, text, name) {
  await chooseAttribute(dialog, text, name);
  await chooseFirst(dialog);
}

story('every kind of filter of the server can be made by hand', {}, async (scene) => {
  const { program, page, text } = scene;
  const { log } = await program.demo({ deals: 200, name: 'Deals' });
  const version = `${log}@1`;
  const { kinds } = await program.get('/filters');
  assert.deepEqual(Object.keys(MAKING).sort(), kinds.map(({ kind }) => kind).sort());
  await openMap(page, log);
  for (const [kind, make] of Object.entries(MAKING)) {
    const dialog = await begin(page, text, kind);
    await make(dialog, text, program, version);
    await apply(dialog, text);
    const [filter] = filtersOf(page);
    assert.equal(filter.kind, kind);
    const left = await sizeUnder(program, version, [filter]);
    assert.ok(left.cases > 0, `${JSON.stringify(filter)} leaves nothing`);
    const keeps = kinds.find((one) => one.kind === kind).keeps;
    const total = await sizeUnder(program, version, []);
    if (keeps === 'everything') {
      assert.deepEqual(left, total);
    } else {
      const count = total[keeps] - left[keeps];
      const removed = text(`filters.removes.${keeps}.detail`, { count });
      await bar(page, text).getByText(removed).waitFor();
    }
    await bar(page, text).getByRole('button').last().click();
    await bar(page, text).waitFor({ state: 'detached' });
  }
});

story('the keyboard stays in the bar, whatever closes or goes away', {}, async (scene) => {
  const { program, page, text } = scene;
  const { log } = await program.demo({ deals: 100, name: 'Deals' });
  await openMap(page, log, searchOf([LOST]));
  const said = 'Ends with Opportunity Lost';
  const button = (key, values) =>
    page.getByRole('button', { name: text(key, values), exact: true });
  const focused = (locator) => locator.and(page.locator(':focus')).waitFor({ state: 'attached' });
  const add = button('filters.add');
  const dialog = page.getByRole('dialog');
  const leave = async () => {
    await dialog.waitFor();
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
  };
  await add.click();
  await leave();
  await focused(add);
  await button('filters.edit', { filter: said }).click();
  await leave();
  await focused(button('filters.edit', { filter: said }));

  await begin(page, text, 'event_count');
  await dialog.getByLabel(text('filters.editor.most')).fill('30');
  await apply(dialog, text);
  await focused(add);

  // Saving under a name leaves the window open that asked for it.
  await add.click();
  await press(dialog, text, 'views.filters.save');
  const naming = page.getByRole('dialog', { name: text('views.filters.save') });
  await naming.getByLabel(text('views.name'), { exact: true }).fill('Ours');
  await page.keyboard.press('Enter');
  await naming.waitFor({ state: 'detached' });
  await focused(dialog.getByRole('button', { name: text('views.filters.save') }));
  await leave();
  await press(page, text, 'filters.clear');
  await bar(page, text).waitFor({ state: 'detached' });
  await focused(add);

  // The button that saved a view goes away with it.
  await press(page, text, 'views.save');
  await dialog.getByLabel(text('views.name'), { exact: true }).fill('Mine');
  await page.keyboard.press('Enter');
  await dialog.waitFor({ state: 'detached' });
  await focused(button('views.open.one', { name: 'Mine' }));
});

story('bounds that leave room for nothing are said, and are not applied', {}, async (scene) => {
  const { program, page, text } = scene;
  const { log } = await program.demo({ deals: 100, name: 'Deals' });
  await openMap(page, log);
  const dialog = await begin(page, text, 'duration');
  const apply = dialog.getByRole('button', { name: text('filters.apply') });
  const [least, most] = ['least', 'most'].map((one) =>
    dialog.getByLabel(text(`filters.editor.${one}`)),
  );
  await least.fill('100');
  await most.fill('10');
  await dialog.getByText(text('filters.editor.reversed')).waitFor();
  assert.equal(await most.getAttribute('aria-invalid'), 'true');
  assert.equal(await apply.isEnabled(), false);
  await most.fill('200');
  await dialog.getByText(text('filters.editor.reversed')).waitFor({ state: 'detached' });
  assert.equal(await apply.isEnabled(), true);

  await press(dialog, text, 'filters.back');
  await press(dialog, text, 'filters.kind.period');
  const [first, last] = ['first', 'last'].map((one) =>
    dialog.getByLabel(text(`filters.editor.day.${one}`)),
  );
  await first.fill('2025-02-01');
  await last.fill('2025-01-01');
  await dialog.getByText(text('filters.editor.reversed.days')).waitFor();
  assert.equal(await apply.isEnabled(), false);
  await last.fill('2025-02-01');
  await dialog.getByText(text('filters.editor.reversed.days')).waitFor({ state: 'detached' });
  assert.equal(await apply.isEnabled(), true);
});

story('an address with nonsense opens the map and says what was left out', {}, async (scene) => {
  const { program, window, page, text } = scene;
  const { log } = await program.demo({ deals: 100, name: 'Deals' });
  const nonsense = { kind: 'fame', activities: 7 };
  await openMap(page, log, `${searchOf([QUOTED, nonsense])}&metric=fame&colour=red`);
  await page.getByText(text('filters.ignored', { count: 1 })).waitFor();
  await page.getByText(text('filters.ignored.words', { words: 'metric and colour' })).waitFor();
  assert.deepEqual(filtersOf(page), [QUOTED]);
  await press(page, text, 'filters.remove', { filter: 'With Quote Issued' });
  await page.getByText(text('filters.ignored', { count: 1 })).waitFor({ state: 'detached' });

  // A filter that is well formed but does not suit the log is named, and can be removed.
  const stranger = { kind: 'attribute_in', attribute: 'Nowhere', values: ['x'] };
  window.provokes('400');
  await page.goto(`/map/${log}${searchOf([LOST, stranger])}`);
  const culprit = chip(page, text, 'Nowhere: x');
  await culprit.locator('[title*="Nowhere"] svg.lucide-triangle-alert').waitFor();
  // So it can where the failure stands.
  const failure = page.getByRole('alert');
  await press(failure, text, 'map.nomatch.remove', { filter: 'Nowhere: x' });
  await mapDrawn(page);
  assert.deepEqual(filtersOf(page), [LOST]);

  // What only makes no sense by its bounds can be mended.
  const reversed = { kind: 'duration', min_s: 20 * 86_400, max_s: 10 * 86_400 };
  await page.goto(`/throughput/${log}${searchOf([LOST, reversed])}`);
  await failure.getByText(text('map.refused.range')).waitFor();
  await press(failure, text, 'map.refused.edit');
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel(text('filters.editor.most')).fill('30');
  await apply(dialog, text);
  await failure.waitFor({ state: 'detached' });
  assert.deepEqual(filtersOf(page), [LOST, { ...reversed, max_s: 30 * 86_400 }]);
});

for (const language of LANGUAGES) {
  for (const scheme of ['light', 'dark']) {
    const name = `chips and builder can be read by everybody (${language}, ${scheme})`;
    story(name, { language, scheme, width: 1024, height: 700 }, async (scene) => {
      const { program, window, page, text } = scene;
      const { log } = await program.demo({ deals: 100, name: 'Deals' });
      const paused = [{ at: 1, filter: LONG }];
      await openMap(page, log, searchOf([QUOTED, { any: [LOST, LONG] }, QUOTES], paused));
      await shownIn(page, scheme);
      await bar(page, text).getByRole('listitem').nth(3).waitFor();
      const faults = async (where) =>
        (await window.accessibilityFaults()).map((fault) => `${where}: ${fault}`);
      const found = await faults('chips');
      await press(page, text, 'filters.add');
      const dialog = page.getByRole('dialog');
      await dialog.getByText(text('filters.events.detail')).waitFor();
      found.push(...(await faults('kinds')));
      await press(dialog, text, 'filters.kind.attribute_in');
      await chooseValue(dialog, text, 'SalesRegion');
      found.push(...(await faults('values')));
      await settled(page);
      const tooWide = await page.evaluate(
        () => document.documentElement.scrollWidth > document.documentElement.clientWidth,
      );
      assert.equal(tooWide, false);
      assert.deepEqual(found, []);
    });
  }
}

story('filters are put in another order, by keys and by hand', {}, async (scene) => {
  const { program, page, text } = scene;
  const { log } = await program.demo({ deals: 200, name: 'Deals' });
  await openMap(page, log, searchOf([LOST, QUOTES, LONG]));
  const said = 'Ends with Opportunity Lost';
  const edit = page.getByRole('button', { name: text('filters.edit', { filter: said }) });
  await edit.focus();
  await page.keyboard.press('Shift+ArrowRight');
  await page.getByText(text('filters.moved', { filter: said, place: 2, count: 3 })).waitFor();
  assert.deepEqual(filtersOf(page), [QUOTES, LOST, LONG]);
  // The focus has gone with it.
  await page.keyboard.press('Shift+ArrowRight');
  await page.getByText(text('filters.moved', { filter: said, place: 3, count: 3 })).waitFor();
  assert.deepEqual(filtersOf(page), [QUOTES, LONG, LOST]);
  await page.keyboard.press('Shift+ArrowRight');
  assert.deepEqual(filtersOf(page), [QUOTES, LONG, LOST]);
  await press(page, text, 'filters.menu', { filter: said });
  await page.getByRole('menuitem', { name: text('filters.move.earlier') }).click();
  await page.getByText(text('filters.moved', { filter: said, place: 2, count: 3 })).waitFor();
  assert.deepEqual(filtersOf(page), [QUOTES, LOST, LONG]);

  // Let go on the left edge of another one, it stands before it.
  const target = chip(page, text, 'Only events').locator('[draggable]');
  await chip(page, text, said)
    .locator('[draggable]')
    .dragTo(target, { targetPosition: { x: 4, y: 10 } });
  await page.waitForURL((url) => filtersOfAddress(url)[0]?.kind === 'ends_with');
  assert.deepEqual(filtersOf(page), [LOST, QUOTES, LONG]);
  for (const expected of [
    [QUOTES, LOST, LONG],
    [QUOTES, LONG, LOST],
  ]) {
    await press(page, text, 'filters.undo');
    await page.waitForURL(
      (url) => JSON.stringify(filtersOfAddress(url)) === JSON.stringify(expected),
    );
  }
});

story(
  'a group is changed in its place: parts are edited, added and taken out',
  {},
  async (scene) => {
    const { program, page, text } = scene;
    const { log } = await program.demo({ deals: 200, name: 'Deals' });
    await openMap(page, log, searchOf([{ any: [LOST, LONG] }]));
    const long = 'Duration: at least 30 days';
    const lost = 'Ends with Opportunity Lost';
    await press(page, text, 'filters.part.edit', { filter: long });
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel(text('filters.editor.least')).fill('60');
    await apply(dialog, text);
    const longer = { ...LONG, min_s: 60 * 86_400 };
    assert.deepEqual(filtersOf(page), [{ any: [LOST, longer] }]);

    const both = text('filters.or', { first: lost, second: 'Duration: at least 60 days' });
    await press(page, text, 'filters.menu', { filter: both });
    await page.getByRole('menuitem', { name: text('filters.part.add') }).click();
    // What joins a group keeps whole cases.
    assert.equal(await dialog.getByText(text('filters.events.detail')).count(), 0);
    await press(dialog, text, 'filters.kind.activity_contains');
    await dialog.getByRole('checkbox', { name: 'Quote Issued' }).check();
    await apply(dialog, text);
    assert.deepEqual(filtersOf(page), [{ any: [LOST, longer, QUOTED] }]);

    const three = text('filters.or', { first: both, second: 'With Quote Issued' });
    await press(page, text, 'filters.menu', { filter: three });
    await page.getByRole('menuitem', { name: text('filters.part.out', { filter: lost }) }).click();
    await chip(page, text, lost).waitFor();
    assert.deepEqual(filtersOf(page), [{ any: [longer, QUOTED] }, LOST]);
    const rest = text('filters.or', {
      first: 'Duration: at least 60 days',
      second: 'With Quote Issued',
    });
    await press(page, text, 'filters.menu', { filter: rest });
    const gone = text('filters.part.remove', { filter: 'With Quote Issued' });
    await page.getByRole('menuitem', { name: gone }).click();
    await page.waitForURL((url) => filtersOfAddress(url)[0]?.kind === 'duration');
    assert.deepEqual(filtersOf(page), [longer, LOST]);
  },
);

story('bounds are drawn on what the selection holds', {}, async (scene) => {
  const { program, page, text } = scene;
  const { log } = await program.demo({ deals: 200, name: 'Deals' });
  const version = `${log}@1`;
  await openMap(page, log, searchOf([LOST]));
  const dialog = await begin(page, text, 'duration');
  const { histogram } = await program.ask(version, 'throughput', { bins: 60 }, [LOST]);
  const [first, second, third] = histogram;
  const low = dialog.getByRole('slider', { name: text('filters.editor.handle.from') });
  await low.focus();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowRight');
  assert.equal(Number(await low.getAttribute('aria-valuenow')), third.from_s);
  const left = (
    await sizeUnder(program, version, [LOST, { kind: 'duration', min_s: third.from_s }])
  ).cases;
  const all = (await sizeUnder(program, version, [LOST])).cases;
  assert.equal(all - left, first.cases + second.cases, 'what is left out is what the bars say');
  await dialog.getByText(text('filters.leaves.cases', { left, total: all })).waitFor();
  await apply(dialog, text);
  assert.deepEqual(filtersOf(page), [LOST, { kind: 'duration', min_s: third.from_s }]);

  // By hand, from the third month on: a period ends where a month does.
  await begin(page, text, 'period');
  const bars = dialog.getByRole('group').locator('[title]');
  await bars.first().waitFor();
  const box = await dialog.getByRole('group').boundingBox();
  const count = await bars.count();
  const at = (bar) => box.x + 12 + ((box.width - 24) * (bar + 0.5)) / count;
  await page.mouse.move(at(2), box.y + 30);
  await page.mouse.down();
  await page.mouse.move(at(5), box.y + 30, { steps: 4 });
  await page.mouse.up();
  await apply(dialog, text);
  const period = filtersOf(page).at(-1);
  assert.equal(period.kind, 'period');
  assert.match(period.from, /^\d{4}-\d\d-01$/);
  assert.match(period.to, /^\d{4}-\d\d-01$/);
});

story('activities are grouped and renamed above every page', {}, async (scene) => {
  const { program, page, text } = scene;
  const { log } = await program.demo({ deals: 200, name: 'Deals' });
  await openMap(page, log);
  const dialog = await begin(page, text, 'group_activities');
  await dialog.getByLabel(text('filters.editor.group')).fill('Quoting');
  await dialog.getByRole('checkbox', { name: 'Quote Issued' }).check();
  await dialog.getByRole('checkbox', { name: 'Opportunity Created' }).check();
  await press(dialog, text, 'filters.editor.group.add');
  const name = dialog.getByLabel(text('filters.editor.group'));
  await name.fill('Quoting');
  await dialog.getByText(text('filters.editor.group.twice')).waitFor();
  await name.fill('Lost');
  assert.equal(await dialog.getByRole('checkbox', { name: 'Quote Issued' }).count(), 0);
  await dialog.getByRole('checkbox', { name: 'Opportunity Lost' }).check();
  await apply(dialog, text);
  await page.locator('[data-activity="Quoting"]').waitFor();
  const groups = { Quoting: ['Quote Issued', 'Opportunity Created'], Lost: ['Opportunity Lost'] };
  assert.deepEqual(filtersOf(page), [{ kind: 'group_activities', groups }]);

  const said = 'Quoting = Quote Issued, Opportunity Created, Lost = Opportunity Lost';
  await press(page, text, 'filters.edit', { filter: said });
  await press(dialog, text, 'filters.editor.group.remove', { name: 'Quoting' });
  await apply(dialog, text);
  assert.deepEqual(filtersOf(page), [
    { kind: 'group_activities', groups: { Lost: ['Opportunity Lost'] } },
  ]);
  await page.locator('[data-activity="Quote Issued"]').waitFor();
});

function filtersOfAddress(url) {
  return JSON.parse(url.searchParams.get('filters') ?? '[]');
}

story('so are the number of events and the time between two steps', {}, async (scene) => {
  const { program, page, text } = scene;
  const { log } = await program.demo({ deals: 200, name: 'Deals' });
  const version = `${log}@1`;
  await openMap(page, log, searchOf([LOST]));
  const all = (await sizeUnder(program, version, [LOST])).cases;
  const moved = async (dialog, handle, key) => {
    const slider = dialog.getByRole('slider', { name: text(`filters.editor.handle.${handle}`) });
    await slider.focus();
    await page.keyboard.press(key);
  };
  const dialog = await begin(page, text, 'event_count');
  const { bins } = await program.ask(version, 'distribution', { bins: 60 }, [LOST]);
  await moved(dialog, 'to', 'ArrowLeft');
  const most = bins.at(-1).from - 1;
  const left = (await sizeUnder(program, version, [LOST, { kind: 'event_count', max: most }]))
    .cases;
  assert.equal(all - left, bins.at(-1).cases, 'what is left out is what the last bar says');
  await dialog.getByText(text('filters.leaves.cases', { left, total: all })).waitFor();
  await apply(dialog, text);
  assert.deepEqual(filtersOf(page), [LOST, { kind: 'event_count', max: most }]);

  // From one step to a later one: the bars are there when both are known.
  const steps = {
    from: ['Opportunity Created'],
    to: ['Opportunity Qualified'],
    mode: 'eventually',
  };
  await openMap(page, log, searchOf([LOST, { kind: 'follows', ...steps }]));
  const shown = await program.ask(version, 'distribution', { follows: steps, bins: 60 }, [LOST]);
  const said = 'Opportunity Created → … → Opportunity Qualified';
  await press(page, text, 'filters.edit', { filter: said });
  const { counted, cases } = shown;
  await dialog.getByText(text('filters.editor.follows.cases', { count: counted, cases })).waitFor();
  await moved(dialog, 'to', 'ArrowLeft');
  const within_s = shown.bins.at(-1).from;
  const kept = { kind: 'follows', ...steps, within_s };
  await apply(dialog, text);
  assert.deepEqual(filtersOf(page), [LOST, kept]);
  const found = (await sizeUnder(program, version, [LOST, kept])).cases;
  const below = counted - shown.bins.at(-1).cases;
  assert.ok(below <= found && found <= counted, `${below} of the bars before, ${found} kept`);
});
