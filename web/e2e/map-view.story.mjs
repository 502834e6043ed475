// Can the map be read as it is first seen, is nothing covered, and does Back undo what was done?

import assert from 'node:assert/strict';
import { basename } from 'node:path';
import { activity, addressOf, drawing, mapDrawn, openMap, slider, view } from './map.mjs';
import { referenceData, story } from './product.mjs';
import { replayBar, replayDrawn } from './replay.mjs';
import { LANGUAGES } from './texts.mjs';
import { settled } from './window.mjs';

const DEALS = { deals: 150, name: 'Deals' };
const WINDOWS = [
  { width: 1440, height: 900 },
  { width: 1280, height: 720 },
  { width: 1024, height: 700 },
  { width: 900, height: 700 },
  { width: 390, height: 800 },
];
/** Names are 14 px high; smaller than this nobody reads them. */
const NAME_PIXELS_MIN = 11;

const HOSPITAL = referenceData('logs/large/bpic11_hospital.derived.csv.gz');
const SEPSIS = referenceData('logs/eventdatar/sepsis.csv');

/** A log of ours and, where they are there, two that nobody drew up for a picture. */
async function logs(program) {
  const { log } = await program.demo(DEALS);
  const others = [HOSPITAL, SEPSIS].filter((file) => file !== undefined);
  const found = [log];
  for (const file of others) found.push((await program.import({ file, name: basename(file) })).log);
  return found;
}

story('at fit nothing is covered, whatever the window', {}, async ({ program, page, told }) => {
  const all = await logs(program);
  told.diagnostic(`${all.length} logs`);
  for (const log of all) {
    for (const search of ['', '?paths=100', '?metric=median']) {
      for (const size of WINDOWS) {
        await page.setViewportSize(size);
        await openMap(page, log, search);
        await page.getByRole('toolbar').waitFor();
        await page.keyboard.press('0');
        await settled(page);
        const faults = await page.evaluate(covered);
        assert.deepEqual(faults, [], `log ${log}${search} at ${size.width}`);
      }
    }
  }
});

/** What of the drawing lies under a control, under the legend, or outside the stage. */
function covered() {
  const svg = document.querySelector('svg[role="group"]');
  const stage = svg.getBoundingClientRect();
  const controls = [
    document.querySelector('[role="toolbar"]'),
    document.querySelector('details'),
    document.querySelector('[role="radiogroup"]').parentElement,
  ].map((element) => element.getBoundingClientRect());
  const faults = [];
  const check = (what, { left, top, right, bottom }) => {
    const isOn = (other) =>
      left < other.right && other.left < right && top < other.bottom && other.top < bottom;
    const isInside = stage.left - 1 <= left && stage.top - 1 <= top && right <= stage.right + 1;
    if (controls.some(isOn)) faults.push(`${what} is covered`);
    if (!isInside || bottom > stage.bottom + 1) faults.push(`${what} is outside`);
  };
  for (const node of svg.querySelectorAll('[data-activity]')) {
    check(node.dataset.activity, node.querySelector('rect').getBoundingClientRect());
  }
  for (const arrow of svg.querySelectorAll('[data-arrow]')) {
    const path = arrow.querySelector('path');
    const to = path.getScreenCTM();
    const length = path.getTotalLength();
    for (let at = 0; at <= length; at += 4) {
      const { x, y } = path.getPointAtLength(at).matrixTransform(to);
      check(`a way to ${arrow.dataset.arrow}`, { left: x, top: y, right: x, bottom: y });
    }
  }
  for (const label of svg.querySelectorAll('[data-room="some"]')) {
    check(`the value ${label.textContent}`, label.getBoundingClientRect());
  }
  return [...new Set(faults)];
}

for (const language of LANGUAGES) {
  const title = `what is seen first can be read and is not covered (${language})`;
  story(title, { language }, async ({ program, page }) => {
    for (const log of await logs(program)) {
      for (const size of WINDOWS) {
        for (const search of size.width === 900 ? ['', '?direction=LR'] : ['']) {
          await page.setViewportSize(size);
          await openMap(page, log, search);
          await page.getByRole('toolbar').waitFor();
          await settled(page);
          const at = `log ${log}${search} at ${size.width}`;
          const { pixels, isStartSeen, covered } = await page.evaluate(firstView);
          assert.ok(pixels >= NAME_PIXELS_MIN, `names of ${at}: ${pixels} px`);
          assert.ok(isStartSeen, `the start of ${at}`);
          assert.deepEqual(covered, [], at);
        }
      }
    }
  });
}

story('the whole is one key away, and the start another', {}, async ({ program, page, text }) => {
  const { log } = await program.demo(DEALS);
  for (const size of WINDOWS) {
    await page.setViewportSize(size);
    await openMap(page, log);
    await settled(page);
    const first = await view(page);
    await page.keyboard.press('0');
    await settled(page);
    assert.deepEqual(await page.evaluate(covered), [], `the whole at ${size.width}`);
    assert.notEqual(await view(page), first);
    await page.getByRole('button', { name: text('map.tools.read'), exact: true }).click();
    assert.equal(await view(page), first);
    await page.keyboard.press('0');
    await page.keyboard.press('1');
    assert.equal(await view(page), first);
  }
});

story('where the legend has no room it is a button', { width: 900, height: 700 }, async (scene) => {
  const { program, page, text } = scene;
  const { log } = await program.demo(DEALS);
  await openMap(page, log);
  const before = await view(page);
  const legend = page.locator('details', { hasText: text('map.legend') });
  const scale = legend.getByText(text('map.legend.linear'));
  assert.equal(await scale.isVisible(), false);
  await legend.locator('summary').press('Enter');
  await scale.waitFor();
  assert.equal(await view(page), before, 'the map stays where it is');
  await page.keyboard.press('Escape');
  await scale.waitFor({ state: 'hidden' });
  await page.setViewportSize(WINDOWS[0]);
  await scale.waitFor();
});

story('what is said of an activity goes when it is no longer asked for', {}, async (scene) => {
  const { program, page, text } = scene;
  const { log } = await program.demo(DEALS);
  await openMap(page, log);
  const tip = page.getByRole('tooltip').filter({ hasText: text('map.metric.cases') });
  const point = async (name) => {
    await page.mouse.move(5, 400);
    await activity(page, name).hover();
    await tip.waitFor();
  };
  const isGone = () => tip.waitFor({ state: 'detached' });
  await point('Lead Captured');
  await page.mouse.down();
  await page.mouse.up();
  await isGone();
  await page.getByRole('region', { name: 'Lead Captured', exact: true }).waitFor();
  const { x, y, width, height } = await activity(page, 'Lead Captured').boundingBox();
  await page.mouse.move(x + width / 2 + 2, y + height / 2 + 2);
  await settled(page);
  assert.equal(await tip.count(), 0, 'nor does it come back while the pointer rests there');
  await point('Lead Converted');
  await page.keyboard.press('Escape');
  await isGone();
  await point('Lead Converted');
  await page.mouse.wheel(0, 40);
  await isGone();
  await point('Lead Converted');
  await page.mouse.move(5, 400);
  await isGone();
  await point('Lead Converted');
  await page.keyboard.press(']');
  await isGone();
});

story('the replay leaves the map whole above its bar, or where it was', {}, async (scene) => {
  const { program, page, text } = scene;
  const { log } = await program.demo(DEALS);
  const rows = ['case,activity,time', '1,Ordered,2026-03-01', '1,Delivered,2026-04-01'];
  const file = { name: 'orders.csv', buffer: Buffer.from(rows.join('\n')) };
  const { log: small } = await program.import({ file, name: 'Orders' });
  for (const size of WINDOWS) {
    for (const one of [log, small]) {
      await page.setViewportSize(size);
      await openMap(page, one);
      await settled(page);
      const before = await view(page);
      await page.evaluate(() => {
        globalThis.paydirtViews = [];
        const world = document.querySelector('[data-world]');
        const note = () => globalThis.paydirtViews.push(world.getAttribute('transform'));
        new MutationObserver(note).observe(world, { attributes: true });
      });
      await page.getByRole('button', { name: text('map.tools.replay'), exact: true }).click();
      await replayDrawn(page, text);
      const seen = [before, ...(await page.evaluate(() => globalThis.paydirtViews))].map(placeIn);
      const at = `log ${one} at ${size.width}: ${JSON.stringify(seen)}`;
      for (const { k, x, y } of seen) {
        // As large as it was and higher, or smaller and whole.
        const isSmaller = k < seen[0].k;
        assert.ok(isSmaller || (k === seen[0].k && x === seen[0].x && y <= seen[0].y), at);
      }
      assert.ok(new Set(seen.map(({ k }) => k)).size <= 2, `at once: ${at}`);
      const end = page.locator('[data-world] text', { hasText: text('map.end') }).last();
      const [bar, last] = await Promise.all(
        [replayBar(page, text), end].map((part) => part.boundingBox()),
      );
      const isWhole = last.y + last.height <= bar.y;
      if (size.width >= 1440) assert.ok(isWhole, `all of it above the bar: ${at}`);
      if (seen.at(-1).k < seen[0].k) assert.ok(isWhole, at);
      await replayBar(page, text)
        .getByRole('button', { name: text('replay.close') })
        .click();
      await replayBar(page, text).waitFor({ state: 'detached' });
      await settled(page);
      assert.equal(await view(page), before, at);
    }
  }
});

/** The numbers of how the map is moved and enlarged. */
function placeIn(transform) {
  const [x, y, k] = transform.match(/-?[\d.]+/g).map(Number);
  return { x, y, k };
}

/** How high names are on the screen, whether the start is in sight, and which names are covered. */
function firstView() {
  const svg = document.querySelector('svg[role="group"]');
  const stage = svg.getBoundingClientRect();
  const name = svg.querySelector('[data-activity] text');
  const pixels = Number(name.getAttribute('font-size')) * name.getScreenCTM().a;
  const pill = [...svg.querySelectorAll('[data-world] rect')].find(
    (rect) => rect.getAttribute('height') === '28',
  );
  const { left, top, width, height } = pill.getBoundingClientRect();
  const seen = document.elementFromPoint(left + width / 2, top + height / 2);
  const isUncovered = (node) => {
    const box = node.querySelector('rect').getBoundingClientRect();
    const [from, to] = [Math.max(box.left, stage.left), Math.min(box.right, stage.right)];
    const [above, below] = [Math.max(box.top, stage.top), Math.min(box.bottom, stage.bottom)];
    if (to - from < 4 || below - above < 4) return true;
    const points = [from + 2, (from + to) / 2, to - 2].flatMap((x) =>
      [above + 2, below - 2].map((y) => document.elementFromPoint(x, y)),
    );
    return points.every((found) => svg.contains(found));
  };
  const covered = [...svg.querySelectorAll('[data-activity]')]
    .filter((node) => !isUncovered(node))
    .map((node) => node.dataset.activity);
  return { pixels, isStartSeen: pill.parentElement.contains(seen), covered };
}

story('a long wait that the sliders hide is drawn when it is chosen', {}, async (scene) => {
  const { program, page, text } = scene;
  const { log } = await program.demo(DEALS);
  await openMap(page, log, '?paths=0');
  const before = await drawing(page);
  const waits = page.locator('section', { hasText: text('map.waits') }).getByRole('button');
  const names = await waits.evaluateAll((all) => all.map((one) => one.title));
  const shown = Object.keys(before.paths).map((id) => {
    const [from, to] = id.split('\u0001');
    return text('map.path.name', { from, to });
  });
  const hidden = names.find((name) => !shown.includes(name));
  assert.ok(hidden, `one of ${names} is hidden`);
  await waits.and(page.getByTitle(hidden, { exact: true })).click();
  await page.getByText(text('map.selection.added')).waitFor();
  const after = await drawing(page);
  assert.deepEqual(after.places, before.places);
  const added = Object.keys(after.paths).filter((id) => !(id in before.paths));
  const { from, to } = addressOf(page);
  assert.deepEqual(added, [`${from}\u0001${to}`]);
  for (const [id, way] of Object.entries(before.paths)) assert.equal(after.paths[id], way, id);

  // The link shows it to somebody else, and in sight where the map is larger than the window.
  await page.setViewportSize({ width: 390, height: 800 });
  await page.reload();
  await mapDrawn(page);
  await settled(page);
  const [stage, end] = await Promise.all(
    [page.locator('svg[role="group"]').first(), activity(page, to)].map((one) => one.boundingBox()),
  );
  assert.ok(stage.y <= end.y && end.y + end.height <= stage.y + stage.height, 'in sight');

  // What the slider shows is no addition.
  await page.setViewportSize(WINDOWS[0]);
  await slider(page, text, 'paths').press('End');
  await page.getByText(text('map.selection.added')).waitFor({ state: 'detached' });
});

story('Back undoes each act, and Forward does it again', {}, async (scene) => {
  const { program, page, text } = scene;
  const { log } = await program.demo(DEALS);
  await page.goto('/data');
  await openMap(page, log);
  const start = await drawing(page);
  const isAt = (search) =>
    page.waitForFunction((wanted) => globalThis.location.search === wanted, search);

  // A measure, a drag, keys in quick succession, a selection: four acts.
  await page.getByText(text('map.metric.time'), { exact: true }).click();
  await isAt('?metric=median');
  const paths = slider(page, text, 'paths');
  const track = await paths.locator('..').boundingBox();
  const knob = await paths.boundingBox();
  await page.mouse.move(knob.x + knob.width / 2, knob.y + knob.height / 2);
  await page.mouse.down();
  await page.mouse.move(track.x + track.width * 0.4, knob.y + knob.height / 2, { steps: 4 });
  await page.mouse.move(track.x + track.width * 0.8, knob.y + knob.height / 2, { steps: 4 });
  await page.mouse.up();
  await page.waitForURL(/paths=/);
  const dragged = new URL(page.url()).search;
  await slider(page, text, 'activities').press('ArrowRight');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowRight');
  const { activities } = addressOf(page);
  await mapDrawn(page);
  await activity(page, 'Quote Issued').click();
  await page.waitForURL(/activity=/);
  const end = new URL(page.url()).search;

  await page.goBack();
  await page.waitForURL((url) => url.searchParams.get('activity') === null);
  assert.equal(addressOf(page).activities, activities);
  await page.goBack();
  await isAt(dragged);
  await page.goBack();
  await isAt('?metric=median');
  await page.goBack();
  await isAt('');
  await mapDrawn(page);
  assert.deepEqual(await drawing(page), start);
  assert.ok(await page.getByRole('radio', { name: text('map.metric.frequency') }).isChecked());

  for (let acts = 0; acts < 4; acts += 1) await page.goForward();
  await isAt(end);
  await page.getByRole('region', { name: 'Quote Issued', exact: true }).waitFor();
});

story('figures say of what they are a share, and until what a time runs', {}, async (scene) => {
  const { program, page, text } = scene;
  const { log, version } = await program.demo(DEALS);
  await openMap(page, log, '?activity=Quote Issued');
  const drawer = page.getByRole('region', { name: 'Quote Issued', exact: true });
  const { cases, activities } = await program.map(version, {
    activities: Object.keys((await drawing(page)).places),
  });
  const { cases: some } = activities.find((one) => one.activity === 'Quote Issued');
  const share = (some / cases).toLocaleString('en-GB', {
    style: 'percent',
    maximumFractionDigits: 1,
  });
  const figure = text('map.selection.casesShare', { cases: some, share, total: cases });
  await drawer.getByText(figure, { exact: true }).waitFor();
  const count = activities.find((one) => one.activity === 'Quote Issued').events;
  await drawer.getByText(text('map.neighbours.base', { count })).first().waitFor();
  await drawer.getByText(text('map.selection.time.wait')).first().waitFor();

  const words = await slider(page, text, 'activities').getAttribute('aria-valuetext');
  const shown = activities.length;
  const { activities: all } = await program.map(version);
  assert.equal(words, text('map.detail.activities.words', { shown, count: all.length }));

  // Every time in its own unit, as on the map: at most three digits, and 0 only of nothing.
  const waits = page.locator('dl', { hasText: text('map.metric.p90') }).getByRole('definition');
  for (const written of await waits.allInnerTexts()) {
    assert.match(written, /^(0 secs|(?=[1-9])(\d{1,3}|\d{1,2}\.\d) \p{L}+)$/u);
  }
});

story('a scale of one value says one value', {}, async ({ program, page, text }) => {
  const rows = ['case,activity,time'];
  for (const number of [1, 2, 3]) {
    rows.push(`${number},Ordered,2026-03-0${number}`, `${number},Delivered,2026-04-0${number}`);
  }
  const file = { name: 'orders.csv', buffer: Buffer.from(rows.join('\n')) };
  const { log } = await program.import({ file, name: 'Orders' });
  await openMap(page, log);
  const legend = page.locator('details', { hasText: text('map.legend') });
  const lines = (await legend.innerText()).split('\n').filter((line) => /^\d/.test(line));
  assert.deepEqual(lines, ['3', '3'], 'activities, and the width of the path');
  assert.equal(await legend.getByRole('button').count(), 0);
});
