// Does the map answer what one asks of an activity, a path, a part of the scale, another measure?

import assert from 'node:assert/strict';
import { activity, addressOf, keyFigure, mapDrawn, openMap } from './map.mjs';
import { story } from './product.mjs';

const DEALS = { deals: 150, name: 'Deals' };

story('a right click keeps the cases with an activity, and Back undoes it', {}, async (scene) => {
  const { program, page, text } = scene;
  const { log, version } = await program.demo(DEALS);
  await openMap(page, log);
  const { activities } = await program.map(version);
  const casesWith = activities.find((one) => one.activity === 'Quote Issued').cases;
  const figure = keyFigure(page, text, 'cases');
  const all = await figure.innerText();

  await activity(page, 'Quote Issued').click({ button: 'right' });
  const words = text('map.filter.with', { activity: 'Quote Issued' });
  await page.getByRole('menuitem', { name: words, exact: true }).click();
  const said = text('filters.says.activity_contains', { mode: 'any', names: 'Quote Issued' });
  await page.getByText(said, { exact: true }).waitFor();
  await figure.getByText(text.number(casesWith), { exact: true }).waitFor();
  assert.deepEqual(JSON.parse(addressOf(page).filters), [
    { kind: 'activity_contains', activities: ['Quote Issued'] },
  ]);
  await page.goBack();
  await figure.getByText(all, { exact: true }).waitFor();
});

story(
  'the menu of an activity is reached by keyboard, and of a path from its details',
  {},
  async (scene) => {
    const { program, page, text } = scene;
    const { log } = await program.demo(DEALS);
    await openMap(page, log);
    const lead = activity(page, 'Lead Captured');
    await lead.focus();
    await page.keyboard.press('Shift+F10');
    const menu = page.getByRole('menu');
    await menu.waitFor();
    await page.keyboard.press('Escape');
    await menu.waitFor({ state: 'detached' });
    assert.ok(await lead.evaluate((node) => node === document.activeElement), 'the focus is back');

    await openMap(page, log, '?from=Quote Issued&to=Quote Accepted');
    const name = text('map.path.name', { from: 'Quote Issued', to: 'Quote Accepted' });
    await page.getByRole('button', { name: text('map.menu', { name }) }).click();
    const ends = { from: 'Quote Issued', to: 'Quote Accepted' };
    await page.getByRole('menuitem', { name: text('map.filter.eventually', ends) }).click();
    await page.waitForURL(/filters=/);
    await mapDrawn(page);
    assert.deepEqual(JSON.parse(addressOf(page).filters), [
      { kind: 'follows', from: ['Quote Issued'], to: ['Quote Accepted'], mode: 'eventually' },
    ]);
  },
);

story('a second figure stands beside the first', {}, async ({ program, page, text }) => {
  const { log, version } = await program.demo(DEALS);
  await openMap(page, log, '?activities=100&metric=events&activity=Quote Issued');
  await page.getByRole('combobox', { name: text('map.second') }).selectOption('cases');
  await page.waitForURL(/second=cases/);
  // Where it is found is said beside its choice.
  await page.getByText(text('map.second.hint'), { exact: true }).waitFor();
  const { activities } = await program.map(version);
  const one = activities.find(({ activity: name }) => name === 'Quote Issued');
  const drawer = page.getByRole('region', { name: 'Quote Issued', exact: true });
  const tiles = await drawer.locator('dl').first().innerText();
  assert.deepEqual(tiles.split(/\s*\n\s*/), [
    text('map.metric.events'),
    text.number(one.events),
    text('map.metric.cases'),
    text.number(one.cases),
  ]);
  await activity(page, 'Quote Issued').hover();
  const tip = await page.getByRole('tooltip').locator('dl').first().innerText();
  assert.deepEqual(tip.split(/\s*[\n\t]\s*/), tiles.split(/\s*\n\s*/));
});

story('a part of the legend lets everything else step back', {}, async (scene) => {
  const { program, page, text } = scene;
  const { log, version } = await program.demo(DEALS);
  await openMap(page, log, '?activities=100');
  const { activities } = await program.map(version);
  const legend = page.locator('details', { hasText: text('map.legend') });
  // So wide a map leaves the legend no room: it is a button.
  await legend.locator('summary').click();
  const parts = legend.getByRole('button');
  const top = parts.nth(6);
  await top.click();
  assert.equal(await top.getAttribute('aria-pressed'), 'true');
  const counts = activities.map((one) => one.cases);
  const [least, most] = [Math.min(...counts), Math.max(...counts)];
  const from = least + (6 / 7) * (most - least);
  for (const { activity: name, cases } of activities) {
    const tone = await activity(page, name).getAttribute('data-tone');
    assert.equal(tone, cases >= from ? 'strong' : 'faint', `${name}: ${cases} of ${from}`);
  }
  // The values of paths that step back are gone, also of weak ones.
  const loud = await page
    .locator('[data-weak][data-tone="faint"]')
    .evaluateAll((all) => all.filter((one) => getComputedStyle(one).opacity !== '0').length);
  assert.equal(loud, 0);
  await top.click();
  await page.waitForFunction(() => document.querySelector('[data-tone="faint"]') === null);
});

story('activities with a start and an end have two kinds of time', {}, async (scene) => {
  const { program, page, text } = scene;
  const rows = ['case,activity,start,end'];
  for (const day of ['01', '02', '03']) {
    rows.push(`${day},Check,2026-03-${day} 08:00,2026-03-${day} 10:00`);
    rows.push(`${day},Decide,2026-03-${day} 15:00,2026-03-${day} 15:30`);
  }
  const file = { name: 'checks.csv', buffer: Buffer.from(rows.join('\n')) };
  const { log, version } = await program.import({ file, name: 'Checks' });
  const { activities } = await program.map(version);
  assert.equal(activities[0].duration_s.median, 7200);
  await openMap(page, log, '?metric=median');
  const value = activity(page, 'Check').locator('text').last();
  assert.equal(await value.innerHTML(), '2 hrs');
  await page.getByRole('combobox', { name: text('map.metric.times') }).selectOption('wait');
  await page.waitForURL(/times=wait/);
  assert.equal(await value.innerHTML(), '5 hrs');
  const label = await activity(page, 'Check').getAttribute('aria-label');
  assert.match(label, /^Check 5 hrs/);
  await page.goBack();
  await page.waitForURL((url) => !url.search.includes('times'));
  assert.equal(await value.innerHTML(), '2 hrs');
});

story(
  'what is selected and not on the map says why, and can be brought there',
  {},
  async (scene) => {
    const { program, page, text } = scene;
    const { log, version } = await program.demo(DEALS);
    const { activities } = await program.map(version);
    const hidden = activities.find((one) => !one.shown).activity;
    await openMap(page, log, `?activity=${encodeURIComponent(hidden)}`);
    await page.getByText(text('map.selection.hidden')).waitFor();
    await page.getByRole('button', { name: text('map.selection.show') }).click();
    await activity(page, hidden).waitFor();
    await page.getByText(text('map.selection.hidden')).waitFor({ state: 'detached' });
    await page.goBack();
    await page.getByText(text('map.selection.hidden')).waitFor();

    await openMap(page, log, '?from=Quote Issued&to=Cloud Cuckoo');
    await page.getByText(text('map.selection.unknown', { activity: 'Cloud Cuckoo' })).waitFor();
    await openMap(page, log, '?from=Payment Received&to=Lead Captured');
    await page.getByText(text('map.selection.noPath')).waitFor();
  },
);
