// Can an analyst keep what is on the screen under a name, find it again, share it, and mend it?

import assert from 'node:assert/strict';
import { answered, openPage } from './explore.mjs';
import { addressOf, mapDrawn } from './map.mjs';
import { story } from './product.mjs';
import { LANGUAGES } from './texts.mjs';
import { settled, shownIn } from './window.mjs';

const LOST = { kind: 'ends_with', activities: ['Opportunity Lost'] };
const LONG = { kind: 'duration', min_s: 30 * 86_400 };
const WITHDRAWN = { kind: 'activity_contains', activities: ['Quote Issued', 'Quote Withdrawn'] };
const REGION = { kind: 'attribute_in', attribute: 'SalesRegion', values: ['Atlantis'] };

function press(scope, text, key, values) {
  return scope.getByRole('button', { name: text(key, values), exact: true }).click();
}

/** The saved views as the program keeps them. */
async function savedOf(program, log) {
  return (await program.get(`/logs/${log}/views`)).views;
}

function save(program, log, name, state, page = 'map') {
  return program.post(`/logs/${log}/views`, { name, saved: { kind: 'view', page, state } });
}

/** Saves what the page shows under a name. */
async function saveAs(page, text, name, opener = 'views.save') {
  await press(page, text, opener);
  const dialog = page.getByRole('dialog', { name: text('views.save.title') });
  await dialog.getByLabel(text('views.name'), { exact: true }).fill(name);
  await press(dialog, text, 'action.save');
  await dialog.waitFor({ state: 'detached' });
}

function openChoice(page, text, name, isChanged = false) {
  const key = isChanged ? 'views.open.one.changed' : 'views.open.one';
  return press(page, text, name ? key : 'views.title', { name });
}

function row(page, name) {
  return page.getByRole('row').filter({ hasText: name });
}

story(
  'a view is saved, found again after a restart, renamed and brought back',
  {},
  async (scene) => {
    const { program, window, page, text } = scene;
    const { log } = await program.demo({ deals: 200, name: 'Deals' });
    await openPage(page, 'throughput', log, { filters: [LOST, LONG], by: 'SalesRegion' });
    await saveAs(page, text, 'Slow lost deals');
    const [saved] = await savedOf(program, log);
    assert.equal(saved.page, 'throughput');
    assert.deepEqual(saved.state, { filters: [LOST, LONG], by: 'SalesRegion' });

    // What the page shows is what is saved, until something else is chosen.
    await page.getByText(text('views.changed')).waitFor({ state: 'detached' });
    await press(page, text, 'filters.remove', { filter: 'Duration: at least 30 days' });
    await page.getByText(text('views.changed')).waitFor();
    await openChoice(page, text, saved.name, true);
    await press(page, text, 'views.revert');
    await page.getByText(text('views.changed')).waitFor({ state: 'detached' });
    assert.deepEqual(JSON.parse(addressOf(page).filters), [LOST, LONG]);

    window.provokes('ERR_CONNECTION_REFUSED');
    window.provokes('ERR_INCOMPLETE_CHUNKED_ENCODING');
    window.provokes('ERR_CONNECTION_RESET');
    window.provokes('ERR_EMPTY_RESPONSE');
    await program.stop();
    await program.startAgain();
    await page.goto(`/map/${log}`);
    await mapDrawn(page);
    await openChoice(page, text);
    await page.getByRole('link', { name: saved.name }).click();
    await page.waitForURL((url) => url.pathname === `/throughput/${log}`);
    await answered(page);
    assert.deepEqual(JSON.parse(addressOf(page).filters), [LOST, LONG]);

    await openChoice(page, text, saved.name);
    await page.getByRole('link', { name: text('views.all') }).click();
    await press(page, text, 'views.rename.title', { name: saved.name });
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel(text('views.name'), { exact: true }).fill('Lost late');
    await press(dialog, text, 'action.save');
    await row(page, 'Lost late').waitFor();

    await press(page, text, 'views.link.of', { name: 'Lost late' });
    const link = await page.evaluate(() => navigator.clipboard.readText());
    await press(page, text, 'views.delete.of', { name: 'Lost late' });
    await page.getByText(text('views.deleted', { name: 'Lost late' })).waitFor();
    assert.deepEqual(await savedOf(program, log), []);
    await press(page, text, 'views.undo');
    await page.getByRole('rowheader', { name: 'Lost late' }).waitFor();
    // The link that was shared before shows it again.
    await page.goto(link);
    await answered(page);
    assert.deepEqual(JSON.parse(addressOf(page).filters), [LOST, LONG]);
  },
);

story('two windows that save one view lose nothing', {}, async (scene) => {
  const { program, window, page, text } = scene;
  const { log } = await program.demo({ deals: 100, name: 'Deals' });
  const { id } = await save(program, log, 'Deals of mine', { filters: [LOST] }, 'rework');
  await page.goto(`/views/${log}/${id}`);
  await answered(page);
  // It asks for news whenever it likes; until the program refuses it, there are none.
  const opened = await program.get(`/logs/${log}/views`);
  let isRefused = false;
  page.on('response', (response) => {
    isRefused ||= response.status() === 409;
  });
  await page.route(`**/logs/${log}/views`, (route) =>
    isRefused ? route.continue() : route.fulfill({ json: opened }),
  );
  const other = await window.newTab();
  await other.goto(`/views/${log}/${id}`);
  await answered(other);
  await press(other, text, 'filters.remove', { filter: 'Ends with Opportunity Lost' });
  await other.getByText(text('views.changed')).waitFor();
  await press(other, text, 'action.save');
  await other.getByText(text('views.changed')).waitFor({ state: 'detached' });

  // This window still believes in what it opened; the program does not let it write over the other.
  window.provokes('409');
  await press(page, text, 'filters.pause', { filter: 'Ends with Opportunity Lost' });
  await page.getByText(text('views.changed')).waitFor();
  await press(page, text, 'action.save');
  await page.getByText(text('views.theirs')).waitFor();
  assert.deepEqual((await savedOf(program, log))[0].state, {});
  assert.ok(addressOf(page).paused, 'what is chosen here is still here');

  await saveAs(page, text, 'Deals of mine, paused', 'views.saveAs');
  const states = (await savedOf(program, log)).map(({ name, state }) => [name, state]);
  assert.deepEqual(states, [
    ['Deals of mine', {}],
    ['Deals of mine, paused', { paused: [{ at: 0, filter: LOST }] }],
  ]);
});

story('a name that is taken is replaced when wanted, and that can be undone', {}, async (scene) => {
  const { program, page, text } = scene;
  const { log } = await program.demo({ deals: 100, name: 'Deals' });
  await save(program, log, 'Monday', { table: true }, 'dotted');
  await openPage(page, 'rework', log, { filters: [LOST] });
  await press(page, text, 'views.save');
  const dialog = page.getByRole('dialog', { name: text('views.save.title') });
  await dialog.getByLabel(text('views.name'), { exact: true }).fill(' MONDAY');
  await dialog.getByLabel(text('views.version.keep', { number: '1' })).check();
  await press(dialog, text, 'views.replace');
  await dialog.waitFor({ state: 'detached' });
  const [replaced, ...others] = await savedOf(program, log);
  assert.deepEqual(others, []);
  assert.deepEqual([replaced.page, replaced.state], ['rework', { filters: [LOST], version: 1 }]);
  await press(page, text, 'views.undo');
  await page.getByText(text('views.changed')).waitFor();
  const [back] = await savedOf(program, log);
  assert.deepEqual([back.page, back.state], ['dotted', { table: true }]);
});

story('a view that names what is gone says so, and is mended', {}, async (scene) => {
  const { program, page, text } = scene;
  const { log } = await program.demo({ deals: 200, name: 'Deals' });
  const state = {
    filters: [LOST, WITHDRAWN, REGION],
    activity: 'Quote Withdrawn',
    metric: 'median',
    version: 9,
  };
  const { id } = await save(program, log, 'Withdrawn quotes', state);
  await page.goto(`/map/${log}`);
  await mapDrawn(page);
  await openChoice(page, text);
  await page.getByRole('link', { name: 'Withdrawn quotes' }).click();
  await page.getByText(text('views.broken.title', { name: 'Withdrawn quotes' })).waitFor();
  await page.getByText(text('views.missing.version', { number: '9' })).waitFor();
  await page.getByText(text('views.missing.activity', { name: 'Quote Withdrawn' })).waitFor();
  const region = text('views.missing.value', { name: 'Atlantis', attribute: 'SalesRegion' });
  await page.getByText(region).waitFor();

  const choices = page.getByRole('combobox', { name: text('views.mend.with') });
  await choices.nth(1).click();
  await page.getByRole('option', { name: 'Quote Issued', exact: true }).click();
  await page.getByText('With Quote Issued').waitFor();
  await press(page, text, 'views.mend.save');
  await mapDrawn(page);
  const filters = [LOST, { ...WITHDRAWN, activities: ['Quote Issued'] }];
  assert.deepEqual(JSON.parse(addressOf(page).filters), filters);
  const mended = await program.get(`/logs/${log}/views/${id}`);
  assert.deepEqual(mended.state, { filters, activity: 'Quote Issued', metric: 'median' });
  await page.goto(`/views/${log}/${id}`);
  await mapDrawn(page);

  // The page itself says it, too, when the address of what was open is kept elsewhere.
  const address = new URLSearchParams({ filters: JSON.stringify([WITHDRAWN]), view: String(id) });
  scene.window.provokes('400');
  await page.goto(`/map/${log}?${address}`);
  await page.getByText(text('views.broken.short', { count: 1 })).waitFor();
});

story('filters are saved under a name, used, and shared', {}, async (scene) => {
  const { program, page, text } = scene;
  const { log } = await program.demo({ deals: 200, name: 'Deals' });
  await openPage(page, 'variants', log, { filters: [LOST, LONG] });
  await press(page, text, 'filters.add');
  const dialog = page.getByRole('dialog', { name: text('filters.choose') });
  await press(dialog, text, 'views.filters.save');
  const naming = page.getByRole('dialog', { name: text('views.filters.save') });
  await naming.getByLabel(text('views.name'), { exact: true }).fill('Lost and long');
  await press(naming, text, 'action.save');
  await naming.waitFor({ state: 'detached' });
  await dialog.getByText('Lost and long').waitFor();
  const [saved] = await savedOf(program, log);
  assert.deepEqual([saved.kind, saved.filters], ['filters', [LOST, LONG]]);

  const quoted = { kind: 'activity_contains', activities: ['Quote Issued'] };
  const filters = () => JSON.parse(addressOf(page).filters);
  await openPage(page, 'cases', log, { filters: [quoted] });
  await press(page, text, 'filters.add');
  await press(dialog, text, 'views.filters.addOf', { name: 'Lost and long' });
  await dialog.waitFor({ state: 'detached' });
  await page.getByText('Duration: at least 30 days').first().waitFor();
  assert.deepEqual(filters(), [quoted, LOST, LONG]);
  await press(page, text, 'filters.add');
  await press(dialog, text, 'views.filters.replaceOf', { name: 'Lost and long' });
  await page.getByText('With Quote Issued').first().waitFor({ state: 'detached' });
  assert.deepEqual(filters(), [LOST, LONG]);

  await page.goto(`/views/${log}/${saved.id}`);
  await mapDrawn(page);
  assert.deepEqual(filters(), [LOST, LONG]);
});

story(
  'an address with nonsense opens every place, and each says what it left out',
  {},
  async (scene) => {
    const { program, page, text } = scene;
    const { log } = await program.demo({ deals: 100, name: 'Deals' });
    await page.goto(`/map/${log}`);
    await mapDrawn(page);
    const rail = page.getByRole('navigation', { name: text('shell.main') });
    const links = await rail.getByRole('link').evaluateAll((all) => all.map(({ href }) => href));
    const places = links.map((href) => new URL(href).pathname.split('/')[1]);
    const ofLog = places.filter((place) => place !== 'data');
    assert.ok(ofLog.length >= 7, String(places));
    for (const place of ofLog) {
      const nonsense = '?filters=[{"kind":"fame"}]&paused=7&view=mine&version=-1&colour=red';
      await page.goto(`/${place}/${log}${nonsense}`);
      await page.getByText(text('filters.ignored', { count: 2 })).waitFor();
      const words = { words: 'view, version and colour' };
      await page.getByText(text('filters.ignored.words', words)).waitFor();
      await page.locator('[data-busy="false"]').first().waitFor();
      assert.deepEqual(addressOf(page), {}, place);
    }
    // A view that is not there is said to be gone, and the page is there.
    await page.goto(`/rework/${log}?view=99`);
    await page.getByText(text('views.gone')).waitFor();
  },
);

for (const language of LANGUAGES) {
  const name = `saved views can be kept and mended by everybody (${language})`;
  story(name, { language, width: 900, height: 700 }, async (scene) => {
    const { program, window, page, text } = scene;
    const { log } = await program.demo({ deals: 100, name: 'Deals' });
    await save(program, log, 'Withdrawn quotes', { filters: [LOST, WITHDRAWN, REGION] });
    const { id } = await save(program, log, 'Lost', { filters: [LOST] }, 'throughput');
    const filters = { kind: 'filters', filters: [LOST, LONG] };
    await program.post(`/logs/${log}/views`, { name: 'Lost and long', saved: filters });
    const found = [];
    const look = async (where, options) => {
      for (const scheme of ['light', 'dark']) {
        await page.emulateMedia({ colorScheme: scheme });
        await shownIn(page, scheme);
        await settled(page);
        const faults = await window.accessibilityFaults(page, options);
        found.push(...faults.map((fault) => `${where}, ${scheme}: ${fault}`));
      }
      const tooWide = await page.evaluate(
        () => document.documentElement.scrollWidth > document.documentElement.clientWidth,
      );
      if (tooWide) found.push(`${where}: wider than the window`);
    };
    await page.goto(`/views/${log}`);
    await row(page, 'Lost and long').waitFor();
    await look('all');
    await page.goto(`/views/${log}/1`);
    await page.getByText(text('views.mend.then')).waitFor();
    await look('mending');
    await page.goto(`/views/${log}/${id}`);
    await answered(page);
    await openChoice(page, text, 'Lost');
    await page.getByRole('link', { name: text('views.all') }).waitFor();
    await look('choice', { except: ['region'] });
    await press(page, text, 'views.saveAs');
    await page.getByRole('dialog', { name: text('views.save.title') }).waitFor();
    await look('saving');
    await page.keyboard.press('Escape');
    await press(page, text, 'filters.add');
    const dialog = page.getByRole('dialog');
    await dialog.getByText('Lost and long').waitFor();
    await look('saved filters');
    await press(dialog, text, 'filters.kind.duration');
    await dialog.getByRole('slider').first().waitFor();
    await look('histogram');
    assert.deepEqual(found, []);
  });
}
