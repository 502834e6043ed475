// Can a target time be set, seen, kept and removed, by keyboard alone, and does every number agree?

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { activity, addressOf, drawing, mapDrawn, openMap } from './map.mjs';
import { story } from './product.mjs';

const DEALS = { deals: 150, name: 'Deals' };
const DAY_S = 86_400;

/** The path that takes longest by its median, among those that happen often. */
async function slowPath(program, version) {
  const { paths } = await program.ask(version, 'map', {});
  const often = paths.filter((path) => path.cases >= 20 && path.shown && path.duration_s);
  const [slowest] = often.sort((one, other) => other.duration_s.median - one.duration_s.median);
  return slowest;
}

function figuresOf(program, version, target) {
  return program.ask(version, 'targets', { targets: [target] }).then(({ targets }) => targets[0]);
}

/** The button in the details, as the server counts. */
function overButton(page, text, count) {
  return page.getByRole('button', { name: text('targets.over', { count }) });
}

/** What a button hands over, as text. */
async function fileOf(page, name) {
  const downloading = page.waitForEvent('download');
  await page.getByRole('button', { name, exact: true }).click();
  return readFile(await (await downloading).path(), 'utf8');
}

async function menuItem(page, name) {
  const item = page.getByRole('menuitem', { name, exact: true });
  await item.waitFor();
  while (!(await item.evaluate((node) => node === document.activeElement))) {
    await page.keyboard.press('ArrowDown');
  }
  await page.keyboard.press('Enter');
}

/** All activities are shown: what follows on the map follows in the log. */
function onPath(log, { from, to }, more = '') {
  return `/map/${log}?${new URLSearchParams({ from, to, metric: 'median', activities: '100' })}${more}`;
}

story('a target for an activity is set by keyboard and marks it', {}, async (scene) => {
  const { program, page, text } = scene;
  const { log, version } = await program.demo(DEALS);
  await openMap(page, log, '?metric=median&activities=100');
  const before = await drawing(page);
  const name = 'Quote Issued';
  await activity(page, name).focus();
  await page.keyboard.press('Shift+F10');
  await menuItem(page, text('map.menu.target'));
  const days = page.getByRole('textbox', { name: text('targets.unit.days') });
  await days.waitFor();
  await page.keyboard.press('Tab');
  await page.keyboard.type('1');
  await page.keyboard.press('Enter');
  await page.getByText(text('targets.done', { time: '1 hr' })).waitFor();
  const target = { of: 'wait', activity: name, at_most_s: 3600 };
  const { views } = await program.get(`/logs/${log}/views`);
  assert.deepEqual(
    views.map((one) => one.target),
    [target],
  );
  // It is marked by a sign that a screen reader says too, and nothing has moved.
  const words = text('targets.isOver');
  await page.locator(`[data-activity="${name}"] [data-flag="${words}"]`).waitFor();
  assert.equal(await activity(page, name).getAttribute('aria-description'), words);
  assert.deepEqual(await drawing(page), before);
  // The legend has no room beside so wide a map: it is a button.
  await page.locator('details summary', { hasText: text('map.legend') }).click();
  await page.getByText(words, { exact: true }).first().waitFor();
  // Another metric says nothing of time.
  await openMap(page, log, '?activities=100');
  assert.equal(await page.locator('[data-flag]').count(), 0);
  const { cases_over } = await figuresOf(program, version, target);
  await activity(page, name).click();
  await overButton(page, text, cases_over).click();
  await page.waitForURL(/activity_time/);
  const [filter] = JSON.parse(addressOf(page).filters);
  const kept = await program.ask(version, 'summary', {}, [filter]);
  assert.equal(kept.cases, cases_over, 'the filter keeps as many cases as the button says');
});

story('the target of a path is told wherever its times are', {}, async (scene) => {
  const { program, page, text } = scene;
  const { log, version } = await program.demo(DEALS);
  const path = await slowPath(program, version);
  const days = Math.max(1, Math.floor(path.duration_s.median / DAY_S) - 1);
  const { from, to } = path;
  const target = { of: 'path', from, to, at_most_s: days * DAY_S };
  await page.goto(onPath(log, path));
  await mapDrawn(page);
  await page.getByRole('button', { name: text('targets.set') }).click();
  await page.getByRole('textbox', { name: text('targets.unit.days') }).fill(String(days));
  await page.getByRole('button', { name: text('targets.save'), exact: true }).click();
  const found = await figuresOf(program, version, target);
  const { within, measured, cases_over } = found;
  await page.getByText(text('targets.within', { within, measured })).waitFor();
  const over = overButton(page, text, cases_over);
  await over.waitFor();
  // A line in the picture of its times.
  await page.locator('svg').getByText(text('map.target'), { exact: true }).first().waitFor();
  await page.reload();
  await over.waitFor();
  await page
    .locator(`[data-flag="${text('targets.isOver')}"]`)
    .first()
    .waitFor();
  await over.click();
  await page.waitForURL(/filters=/);
  const [filter] = JSON.parse(addressOf(page).filters);
  const kept = await program.ask(version, 'summary', {}, [filter]);
  assert.equal(kept.cases, cases_over);
  // Only they are left, and none of them is within: the chip says what it does.
  await page
    .getByText(text('filters.moreThan', { min: '' }).trim())
    .first()
    .waitFor();

  await page.goto(onPath(log, path, '&table=true'));
  await page.getByRole('columnheader', { name: text('map.table.within') }).waitFor();
  const share = found.share.toLocaleString('en-GB', {
    style: 'percent',
    maximumFractionDigits: 1,
  });
  await page.locator('tr[data-selected] td').last().filter({ hasText: share }).waitFor();
  const lines = (await fileOf(page, text('map.table.csv'))).split(/\r?\n/);
  assert.ok(lines[0].endsWith(text('map.table.within')), lines[0]);
  const line = lines.find((one) => one.startsWith(`${from},${to},`));
  assert.ok(line.endsWith(`,${found.share}`), line);
});

story(
  'two windows that set one target lose nothing, and Undo brings it back',
  {},
  async (scene) => {
    const { program, window, page, text } = scene;
    const { log, version } = await program.demo(DEALS);
    const path = await slowPath(program, version);
    const saved = async () => (await program.get(`/logs/${log}/views`)).views;
    const fill = async (where, days) => {
      await where.getByRole('textbox', { name: text('targets.unit.days') }).fill(days);
    };
    const save = (where) =>
      where.getByRole('button', { name: text('targets.save'), exact: true }).click();
    await page.goto(onPath(log, path));
    await mapDrawn(page);
    await page.getByRole('button', { name: text('targets.set') }).click();
    const other = await window.newTab();
    await other.goto(onPath(log, path));
    await mapDrawn(other);
    await other.getByRole('button', { name: text('targets.set') }).click();
    await fill(other, '3');
    await save(other);
    await other.getByText(text('targets.done', { time: '3 days' })).waitFor();

    window.provokes('409');
    await fill(page, '9');
    await save(page);
    await page.getByText(text('targets.conflict', { time: '3 days' })).waitFor();
    assert.equal((await saved())[0].target.at_most_s, 3 * DAY_S, 'it stays as the other has it');
    await page.getByRole('button', { name: text('targets.save.anyway') }).click();
    await page.getByText(text('targets.done', { time: '9 days' })).waitFor();
    assert.equal((await saved())[0].target.at_most_s, 9 * DAY_S);
    await page.getByRole('button', { name: text('targets.undo') }).click();
    await page
      .getByText(text('targets.upTo', { time: '3 days' }))
      .first()
      .waitFor();
    assert.equal((await saved())[0].target.at_most_s, 3 * DAY_S);

    await page.goto(`/views/${log}`);
    const name = text('targets.of.path', path);
    const removal = page.getByRole('button', { name: text('targets.remove.of', { name }) });
    await removal.click();
    await removal.waitFor({ state: 'detached' });
    assert.deepEqual(await saved(), []);
    await page.getByRole('button', { name: text('targets.undo') }).click();
    await removal.waitFor();
    assert.equal((await saved())[0].target.at_most_s, 3 * DAY_S);
  },
);

story('what somebody else has set is not removed unseen', {}, async (scene) => {
  const { program, window, page, text } = scene;
  const { log, version } = await program.demo(DEALS);
  const path = await slowPath(program, version);
  const saved = async () => (await program.get(`/logs/${log}/views`)).views;
  const setElsewhere = async (days) => {
    const [{ id, target }] = await saved();
    const content = { kind: 'target', target: { ...target, at_most_s: days * DAY_S } };
    await program.patch(`/logs/${log}/views/${id}`, { saved: content });
  };
  await page.goto(onPath(log, path));
  await mapDrawn(page);
  await page.getByRole('button', { name: text('targets.set') }).click();
  await page.getByRole('textbox', { name: text('targets.unit.days') }).fill('2');
  await page.getByRole('button', { name: text('targets.save'), exact: true }).click();
  await page.getByText(text('targets.done', { time: '2 days' })).waitFor();

  window.provokes('409');
  await setElsewhere(5);
  await page.getByRole('button', { name: text('targets.undo') }).click();
  await page.getByRole('alert').getByText('was changed by somebody else').waitFor();
  await page
    .getByText(text('targets.upTo', { time: '5 days' }))
    .first()
    .waitFor();
  assert.equal((await saved())[0].target.at_most_s, 5 * DAY_S);

  await page.goto(`/views/${log}`);
  const name = text('targets.of.path', path);
  const removal = page.getByRole('button', { name: text('targets.remove.of', { name }) });
  await removal.waitFor();
  await setElsewhere(7);
  await removal.click();
  await page.getByText(text('failure.problem.code', { code: 'view_changed' })).waitFor();
  await page.getByText(text('targets.upTo', { time: '7 days' })).waitFor();
  assert.equal((await saved())[0].target.at_most_s, 7 * DAY_S);
  await removal.click();
  await removal.waitFor({ state: 'detached' });
  assert.deepEqual(await saved(), []);
});

story('a target of cases has its line, its share and its cases', {}, async (scene) => {
  const { program, page, text } = scene;
  const { log, version } = await program.demo(DEALS);
  await page.goto(`/throughput/${log}`);
  await page.getByRole('button', { name: text('targets.set') }).click();
  await page.getByRole('textbox', { name: text('targets.unit.days') }).fill('60');
  await page.getByRole('button', { name: text('targets.save'), exact: true }).click();
  const { within, measured, cases_over } = await figuresOf(program, version, {
    of: 'case',
    at_most_s: 60 * DAY_S,
  });
  await page.getByText(text('targets.within.cases', { within, measured })).waitFor();
  await page
    .getByText(new RegExp(`^${text('throughput.target')} `))
    .first()
    .waitFor();
  await overButton(page, text, cases_over).click();
  await page.waitForURL(/filters=/);
  const [filter] = JSON.parse(addressOf(page).filters);
  const kept = await program.ask(version, 'summary', {}, [filter]);
  assert.equal(kept.cases, cases_over);
});

story('a target for what is gone says so and can be removed', {}, async (scene) => {
  const { program, page, text } = scene;
  const { log } = await program.demo(DEALS);
  const target = { of: 'path', from: 'Gone', to: 'Quote Issued', at_most_s: DAY_S };
  await program.post(`/logs/${log}/views`, { saved: { kind: 'target', target } });
  await page.goto(`/views/${log}`);
  await page.getByText(text('targets.missing', { names: 'Gone', count: 1 })).waitFor();
  const name = text('targets.of.path', target);
  await page.getByRole('button', { name: text('targets.remove.of', { name }) }).click();
  await page.getByText(text('targets.noneSet')).waitFor();
});
