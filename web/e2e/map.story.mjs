// Does the process map show what the data say, and does it move only when it should?

import assert from 'node:assert/strict';
import { activity, addressOf, drawing, mapDrawn, openMap, slider, view } from './map.mjs';
import { story } from './product.mjs';

const DEALS = { deals: 150, name: 'Deals' };

story('the Paths slider shows and hides, and nothing moves', {}, async (scene) => {
  const { program, page, text } = scene;
  const { log } = await program.demo(DEALS);
  await openMap(page, log);
  const paths = slider(page, text, 'paths');
  const start = await drawing(page);

  // By keyboard to both ends.
  await paths.press('End');
  await page.waitForURL(/paths=100/);
  const all = await drawing(page);
  await paths.press('Home');
  await page.waitForURL(/paths=(?!100)/);
  const few = await drawing(page);
  assert.deepEqual(all.places, start.places);
  assert.deepEqual(few.places, start.places);
  assert.ok(count(few) < count(all), `${count(few)} of ${count(all)}`);
  for (const [id, way] of Object.entries(few.paths)) assert.equal(all.paths[id], way, id);

  // By mouse to the middle: the picture follows the hand before it lets go.
  const track = await paths.locator('..').boundingBox();
  const knob = await paths.boundingBox();
  await page.mouse.move(knob.x + knob.width / 2, knob.y + knob.height / 2);
  const arrows = await page.locator('[data-arrow]').count();
  await page.mouse.down();
  await page.mouse.move(track.x + track.width * 0.99, knob.y + knob.height / 2, { steps: 5 });
  await page.waitForFunction(
    (before) => document.querySelectorAll('[data-arrow]').length > before,
    arrows,
  );
  await page.mouse.up();
  await page.waitForURL(/paths=/);
  assert.deepEqual((await drawing(page)).places, start.places);

  // Back to what is shown at first.
  await page.getByRole('button', { name: text('map.detail.auto'), exact: true }).click();
  await page.waitForURL((url) => !url.search.includes('paths'));
  assert.deepEqual(await drawing(page), start);
});

story('the Activities slider asks for another map', {}, async ({ program, page, text }) => {
  const { log } = await program.demo(DEALS);
  await openMap(page, log);
  const { activities } = await program.map(`${log}@1`);
  const activitiesSlider = slider(page, text, 'activities');
  await activitiesSlider.press('End');
  await page
    .locator('[data-activity]')
    .nth(activities.length - 1)
    .waitFor();
  assert.equal(await page.locator('[data-activity]').count(), activities.length);
  await activitiesSlider.press('Home');
  await page.waitForFunction(() => document.querySelectorAll('[data-activity]').length === 1);

  // By mouse, beside the knob.
  const knob = await activitiesSlider.boundingBox();
  await page.mouse.click(knob.x + 60, knob.y + knob.height / 2);
  await page.waitForFunction(() => document.querySelectorAll('[data-activity]').length > 1);
});

story('with both sliders at the right end the map is exact', {}, async (scene) => {
  const { program, page, text } = scene;
  const { log } = await program.demo(DEALS);
  await openMap(page, log, '?activities=100&paths=100');
  const { activities, paths } = await program.map(`${log}@1`);
  const drawn = await drawing(page);
  assert.deepEqual(Object.keys(drawn.places).sort(), activities.map((one) => one.activity).sort());
  assert.deepEqual(
    Object.keys(drawn.paths).sort(),
    paths.map(({ from, to }) => `${from}\u0001${to}`).sort(),
  );
  // Without the auxiliary activities it is not called exact.
  const exact = page.getByText(text('map.detail.exact'));
  assert.equal(await exact.count(), 0);
  await openMap(page, log, '?activities=100&paths=100&auxiliary=true');
  await exact.waitFor();
});

story('a selection is in the address, and the back button undoes it', {}, async (scene) => {
  const { program, window, page, text } = scene;
  const { log } = await program.demo(DEALS);
  await openMap(page, log, '?paths=100&metric=median');
  const drawer = (name) => page.getByRole('region', { name, exact: true });
  await activity(page, 'Quote Issued').click();
  await drawer('Quote Issued').waitFor();
  assert.equal(addressOf(page).activity, 'Quote Issued');
  await activity(page, 'Lead Captured').click();
  await drawer('Lead Captured').waitFor();
  await page.goBack();
  await drawer('Quote Issued').waitFor();

  // A path is chosen from the drawer.
  await drawer('Quote Issued').getByTitle('Quote Accepted').click();
  const way = text('map.path.name', { from: 'Quote Issued', to: 'Quote Accepted' });
  await drawer(way).waitFor();
  assert.equal(addressOf(page).from, 'Quote Issued');
  assert.equal(addressOf(page).to, 'Quote Accepted');

  // The link shows the same picture to somebody else.
  await page.getByRole('button', { name: text('map.export'), exact: true }).click();
  await page.getByRole('menuitem', { name: text('map.export.link') }).click();
  await page.getByText(text('map.export.linked')).waitFor();
  const link = await page.evaluate(() => navigator.clipboard.readText());
  const other = await window.newTab();
  await other.goto(link);
  await mapDrawn(other);
  await other.getByRole('region', { name: way, exact: true }).waitFor();
  assert.deepEqual(await drawing(other), await drawing(page));
  assert.equal(await view(other), await view(page));

  await page.keyboard.press('Escape');
  await drawer(way).waitFor({ state: 'detached' });
});

story('the table has every path of the map, with its figures', {}, async (scene) => {
  const { program, page, text } = scene;
  const { log, version } = await program.demo(DEALS);
  await openMap(page, log, '?activities=100');
  await page.getByRole('button', { name: text('map.tools.table'), exact: true }).click();
  const table = page.getByRole('table');
  await table.waitFor();
  const { cases, paths } = await program.map(version);
  assert.equal(await table.getAttribute('aria-rowcount'), String(paths.length + 1));

  // Only rows in sight are in the page: the file has all.
  const downloading = page.waitForEvent('download');
  await page.getByRole('button', { name: text('map.table.csv') }).click();
  const rows = await linesOf(await downloading);
  const expected = paths.map(({ from, to, cases: some, events }) =>
    [from, to, some, some / cases, events].join(','),
  );
  assert.deepEqual(rows.map((row) => row.split(',').slice(0, 5).join(',')).sort(), expected.sort());

  const most = Math.max(...paths.map((path) => path.cases));
  const first = await table.getByRole('row').nth(1).getByRole('cell').nth(2).innerText();
  assert.equal(first, text.number(most));
});

async function linesOf(download) {
  const chunks = [];
  for await (const chunk of await download.createReadStream()) chunks.push(chunk);
  const lines = Buffer.concat(chunks).toString('utf8').replace('\ufeff', '').split('\r\n');
  return lines.slice(1, -1);
}

story('the map is walked by keyboard', {}, async ({ program, page, text }) => {
  const { log, version } = await program.demo(DEALS);
  await openMap(page, log);
  const focused = () => page.evaluate(() => document.activeElement?.dataset?.activity ?? null);

  // One activity is in the order of Tab; the arrows lead on from there.
  for (let presses = 0; presses < 30 && (await focused()) === null; presses += 1) {
    await page.keyboard.press('Tab');
  }
  const first = await focused();
  assert.notEqual(first, null, 'Tab reaches the map');
  await page.keyboard.press('ArrowDown');
  const second = await focused();
  const { paths } = await program.map(version);
  const strongest = paths
    .filter(({ from, to }) => from === first && to !== first)
    .sort((left, right) => right.cases - left.cases)[0];
  assert.equal(second, strongest.to);
  // Left and right lead to the other branches, where there are any.
  const shown = Object.keys((await drawing(page)).paths).map((id) => id.split('\u0001'));
  const branches = (name) => shown.filter(([from, to]) => from === name && to !== name).length;
  let parent = second;
  await page.keyboard.press('ArrowDown');
  while (branches(parent) < 2) {
    parent = await focused();
    await page.keyboard.press('ArrowDown');
  }
  const branch = await focused();
  await page.keyboard.press('ArrowRight');
  assert.notEqual(await focused(), branch);
  await page.keyboard.press('ArrowLeft');
  assert.equal(await focused(), branch);

  const here = await focused();
  await page.keyboard.press('Enter');
  await page.waitForURL(/activity=/);
  assert.equal(addressOf(page).activity, here);
  await page.keyboard.press('Escape');
  await page.waitForURL((url) => !url.search.includes('activity='));
  assert.equal(await focused(), here);

  const start = await view(page);
  await page.keyboard.press('+');
  const near = await view(page);
  assert.notEqual(near, start);
  await page.keyboard.press('-');
  await page.keyboard.press('-');
  assert.notEqual(await view(page), near);
  await page.keyboard.press('1');
  assert.equal(await view(page), start);

  const before = count(await drawing(page));
  await page.keyboard.press(']');
  await page.waitForURL(/paths=/);
  assert.ok(count(await drawing(page)) > before);
  const { paths: further } = addressOf(page);
  await page.keyboard.press('[');
  await page.waitForURL((url) => url.searchParams.get('paths') !== further);

  await page.keyboard.press('t');
  await page.getByRole('table').waitFor();
  await page.keyboard.press('t');
  await mapDrawn(page);
  await page.keyboard.press('?');
  const help = page.getByRole('dialog', { name: text('map.help.title') });
  await help.waitFor();
  await page.keyboard.press('Escape');
  await help.waitFor({ state: 'detached' });
});

story('an activity that is not shown is found by its name', {}, async (scene) => {
  const { program, page, text } = scene;
  const { log, version } = await program.demo(DEALS);
  await openMap(page, log);
  const { activities } = await program.map(version);
  const hidden = activities.find((one) => !one.shown).activity;
  await page.keyboard.press('/');
  await page.getByRole('combobox', { name: text('map.find.placeholder') }).fill(hidden);
  await page.keyboard.press('Enter');
  await activity(page, hidden).waitFor();
  await page.getByRole('region', { name: hidden, exact: true }).waitFor();
});

function count({ paths }) {
  return Object.keys(paths).length;
}
