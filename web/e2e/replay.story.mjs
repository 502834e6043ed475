// Do cases move on the map as they did, can the replay be steered by hand and key, and is it calm?

import assert from 'node:assert/strict';
import { answerOf } from './explore.mjs';
import { drawing, mapDrawn, openMap } from './map.mjs';
import { story } from './product.mjs';
import {
  dots,
  placeOnPath,
  readDots,
  replayAt,
  replayBar,
  replayDrawn,
  replayIn,
  replaySlider,
  stillFrames,
  underWayAt,
  withGraphicsCard,
} from './replay.mjs';
import { LANGUAGES } from './texts.mjs';
import { settled, shownIn } from './window.mjs';

const DEALS = { deals: 150, name: 'Deals' };
const TIME_ZONE = 'UTC';
const MOVING = { reducedMotion: 'no-preference' };

/** Two orders: A is on its way from 1 March to 5 March, B from 2 March to 4 March. */
const ORDERS = {
  name: 'orders.csv',
  buffer: Buffer.from(
    [
      'case,activity,time,region',
      'A,Order,2026-03-01T00:00:00Z,North',
      'A,Ship,2026-03-05T00:00:00Z,North',
      'B,Order,2026-03-02T00:00:00Z,South',
      'B,Ship,2026-03-04T00:00:00Z,South',
    ].join('\n'),
  ),
};

function button(page, text, key) {
  return page.getByRole('button', { name: text(key), exact: true });
}

/** The activities of the map as it is opened: the cases are projected to them. */
async function shownMovements(program, page, version, params = {}) {
  const { places } = await drawing(page);
  return answerOf(program, version, 'movements', { activities: Object.keys(places), ...params });
}

story('the space bar opens the replay, which runs until it is pressed again', {}, async (scene) => {
  const { program, page, text } = scene;
  const { log } = await program.demo(DEALS);
  await page.emulateMedia(MOVING);
  await page.addInitScript(() => {
    const ask = globalThis.requestAnimationFrame.bind(globalThis);
    globalThis.plainFrame = ask;
    globalThis.frames = 0;
    globalThis.requestAnimationFrame = (frame) => {
      globalThis.frames += 1;
      return ask(frame);
    };
  });
  await readDots(page);
  await openMap(page, log);
  await page.keyboard.press('Space');
  await replayDrawn(page, text);
  const now = replayBar(page, text).locator('b').first();
  const first = await now.innerText();
  await page.waitForFunction(
    (before) => document.querySelector('section p b').innerText !== before,
    first,
  );
  const early = await dots(page);
  assert.ok(early.patches.length > 0, 'dots are drawn');
  // While nobody looks it stands still, and goes on when somebody does.
  const hide = (isHidden) =>
    page.evaluate((hidden) => {
      Object.defineProperty(document, 'hidden', { configurable: true, get: () => hidden });
      document.dispatchEvent(new Event('visibilitychange'));
    }, isHidden);
  await hide(true);
  await button(page, text, 'replay.play').waitFor();
  await hide(false);
  await button(page, text, 'replay.pause').waitFor();

  await page.keyboard.press('Space');
  await button(page, text, 'replay.play').waitFor();
  await page.waitForURL((url) => JSON.parse(url.searchParams.get('replay')).at !== undefined);
  const later = await dots(page);
  assert.notDeepEqual(later.patches, early.patches);

  // What stands still asks for no frames, and what it shows stays.
  await settled(page);
  const asked = await page.evaluate(async () => {
    const before = globalThis.frames;
    for (let frame = 0; frame < 10; frame += 1) await new Promise(globalThis.plainFrame);
    return globalThis.frames - before;
  });
  assert.equal(asked, 0);
  assert.deepEqual(await dots(page), later);

  // The address shows the same picture to somebody else, and does not begin to play.
  const shown = await now.innerText();
  await page.reload();
  await mapDrawn(page);
  await replayDrawn(page, text);
  assert.equal(await now.innerText(), shown);
  await button(page, text, 'replay.play').waitFor();
  await button(page, text, 'replay.close').click();
  await page.locator('canvas[data-tokens]').waitFor({ state: 'detached' });
  assert.equal(replayIn(page), null);
});

story('the slider is moved by keys and by a click', {}, async ({ program, page, text }) => {
  const { log, version } = await program.demo(DEALS);
  await openMap(page, log, replayAt({ at: '2024-05-03T12:00:00Z' }));
  await replayDrawn(page, text);
  const answer = await shownMovements(program, page, version);
  const slider = replaySlider(page, text);
  const said = async (instant) => {
    const time = new Intl.DateTimeFormat('en-GB', {
      year: 'numeric',
      month: 'short',
      day: 'numeric',
      hour: '2-digit',
      minute: '2-digit',
      timeZone: TIME_ZONE,
    }).format(new Date(instant));
    const cases = text('replay.underWay', { count: underWayAt(answer, instant) });
    const wanted = text('replay.slider.value', { time, cases });
    assert.equal(await slider.getAttribute('aria-valuetext'), wanted);
    await page.waitForURL((url) => {
      const { at } = JSON.parse(url.searchParams.get('replay'));
      return Date.parse(at) === Date.parse(instant);
    });
  };
  await said('2024-05-03T12:00:00Z');
  await slider.press('ArrowRight');
  await said('2024-05-04T00:00:00Z');
  await slider.press('ArrowRight');
  await slider.press('ArrowRight');
  await said('2024-05-06T00:00:00Z');
  await slider.press('ArrowLeft');
  await said('2024-05-05T00:00:00Z');
  await slider.press('Home');
  assert.equal(await slider.getAttribute('aria-valuenow'), '0');
  await page.waitForURL((url) => JSON.parse(url.searchParams.get('replay')).at === undefined);
  await slider.press('End');
  const most = await slider.getAttribute('aria-valuemax');
  assert.equal(await slider.getAttribute('aria-valuenow'), most);
  const { width, height } = await slider.boundingBox();
  await slider.click({ position: { x: width / 4, y: height / 2 } });
  const value = Number(await slider.getAttribute('aria-valuenow'));
  assert.ok(Math.abs(value / most - 0.25) < 0.01, `${value} of ${most}`);
});

story('dots are where the cases were, on a graphics card and without', {}, async (scene) => {
  const { program, window, text } = scene;
  const { log } = await program.import({ file: ORDERS, name: 'Orders' });
  const search = replayAt({ at: '2026-03-03T00:00:00Z', colour: 'region' });
  const found = {};
  for (const kind of ['canvas', 'webgl']) {
    const page = await window.newTab();
    await readDots(page);
    if (kind === 'webgl') await withGraphicsCard(page);
    await openMap(page, log, search);
    await replayDrawn(page, text);
    await page.locator(`canvas[data-tokens="${kind}"]`).waitFor();
    await replayBar(page, text).getByRole('list').waitFor();
    await settled(page);
    await stillFrames(page);
    const drawn = kind === 'canvas' ? await dots(page) : await page.evaluate(() => cardDrew);
    // On 3 March both are half-way, side by side: one patch, or two that nearly touch.
    const { x, y } = await placeOnPath(page, 'Order', 'Ship', 0.5);
    for (const dot of drawn.patches) {
      assert.ok(Math.abs(dot.y - y) < 2, `${kind}: ${dot.y} is near ${y}`);
      assert.ok(Math.abs(dot.x - x) < 12, `${kind}: ${dot.x} is near ${x}`);
    }
    found[kind] = drawn.patches;

    // Whoever moves and enlarges the map moves the dots with it.
    await page.mouse.move(200, 300);
    await page.mouse.down();
    await page.mouse.move(260, 340, { steps: 4 });
    await page.mouse.up();
    await page.keyboard.press('+');
    await stillFrames(page);
    const there = await placeOnPath(page, 'Order', 'Ship', 0.5);
    assert.ok(Math.hypot(there.x - x, there.y - y) > 50, `${there.x},${there.y} is not ${x},${y}`);
    const moved = kind === 'canvas' ? await dots(page) : await page.evaluate(() => cardDrew);
    assert.ok(moved.patches.length > 0);
    for (const dot of moved.patches) {
      assert.ok(Math.abs(dot.y - there.y) < 2, `${kind}: ${dot.y} is near ${there.y}`);
      assert.ok(Math.abs(dot.x - there.x) < 12, `${kind}: ${dot.x} is near ${there.x}`);
    }
    await page.close();
  }
  assert.ok(found.canvas.length > 0, 'dots are drawn');
  assert.equal(found.webgl.length, found.canvas.length);
  for (const [idx, { x, y }] of found.canvas.entries()) {
    const other = found.webgl[idx];
    assert.ok(Math.hypot(other.x - x, other.y - y) < 1.5, `${other.x},${other.y} is ${x},${y}`);
  }
});

story(
  'a graphics card that is lost leaves a plain canvas',
  {},
  async ({ program, window, text }) => {
    const { log } = await program.import({ file: ORDERS, name: 'Orders' });
    const page = await window.newTab();
    await readDots(page);
    await withGraphicsCard(page);
    await openMap(page, log, replayAt({ at: '2026-03-03T00:00:00Z' }));
    await page.locator('canvas[data-tokens="webgl"]').evaluate((canvas) => {
      canvas.getContext('webgl2').getExtension('WEBGL_lose_context').loseContext();
    });
    await page.locator('canvas[data-tokens="canvas"]').waitFor();
    await stillFrames(page);
    assert.ok((await dots(page)).patches.length > 0);
    const limited = text('replay.limited', { most: 5000, leftOut: 0 });
    assert.ok((await replayBar(page, text).innerText()).includes(limited));
  },
);

story('all cases start together, each value in its colour', {}, async (scene) => {
  const { program, page, text } = scene;
  const { log, version } = await program.demo(DEALS);
  await readDots(page);
  await openMap(page, log, replayAt());
  await replayDrawn(page, text);
  const together = button(page, text, 'replay.together');
  await together.click();
  assert.equal(await together.getAttribute('aria-pressed'), 'true');
  const bar = replayBar(page, text);
  await bar.getByText(text('replay.underWay', { count: 150 }), { exact: true }).waitFor();
  await bar.getByLabel(text('replay.colour'), { exact: true }).selectOption('SalesRegion');
  const { values } = await shownMovements(program, page, version, { by: 'SalesRegion' });
  const legend = bar.getByRole('list', {
    name: text('replay.legend', { attribute: 'SalesRegion' }),
  });
  await legend.waitFor();
  assert.deepEqual(
    await legend.getByRole('listitem').allInnerTexts(),
    values.map(({ value, cases }) => `${value}\n${text('replay.legend.cases', { cases })}`),
  );
  assert.deepEqual(replayIn(page), { together: true, colour: 'SalesRegion' });

  const slider = replaySlider(page, text);
  assert.equal(
    await slider.getAttribute('aria-label'),
    text('replay.slider.together'),
    'the slider says that it is about the time since the start',
  );
  for (let step = 0; step < 3; step += 1) await slider.press('ArrowRight');
  await page.waitForURL((url) => JSON.parse(url.searchParams.get('replay')).at === 3 * 86_400);
  // The three regions have the first colours of the categories. Near by, dots lie side by side.
  await button(page, text, 'map.tools.read').click();
  assert.equal(values.length, 3);
  // Dots grow with the map: this near, each has points of its pure colour within its soft rim.
  await page.keyboard.press('+');
  await settled(page);
  await stillFrames(page);
  const { colours } = await dots(page);
  for (const colour of ['0,114,178', '230,159,0', '0,158,115']) {
    assert.ok(colours[colour] > 50, `${colour} is among ${JSON.stringify(colours)}`);
  }
  await page.goBack();
  await legend.waitFor({ state: 'detached' });
});

story('what is not drawn, or not understood, is said', {}, async ({ program, page, text }) => {
  const { log, version } = await program.demo(DEALS);
  await openMap(page, log, replayAt({ speed: 7, colour: 'Weather' }));
  await replayDrawn(page, text);
  const answer = await shownMovements(program, page, version);
  const { paths } = await drawing(page);
  const hidden = answer.paths
    .filter(({ from, to }) => paths[`${from}\u0001${to}`] === undefined)
    .reduce((sum, { movements }) => sum + movements, 0);
  const share = (hidden / answer.sampled_movements).toLocaleString('en-GB', {
    style: 'percent',
    maximumFractionDigits: 1,
  });
  const words = await replayBar(page, text).innerText();
  assert.ok(hidden > 0 && words.includes(text('replay.hidden', { share })), words);
  assert.ok(words.includes(text('replay.all', { cases: 150 })), words);
  assert.ok(words.includes(text('replay.hint')), words);
  const ignored = new Intl.ListFormat('en-GB').format(['speed', 'colour']);
  assert.ok(words.includes(text('filters.ignored.words', { words: ignored })), words);

  // Filters hold for the replay as for the map.
  const filters = [{ kind: 'activity_contains', activities: ['Quote Issued'] }];
  const search = `${replayAt()}&filters=${encodeURIComponent(JSON.stringify(filters))}`;
  await openMap(page, log, search);
  const left = await answerOf(program, version, 'summary', {}, filters);
  await replayBar(page, text)
    .getByText(text('replay.all', { cases: left.cases }))
    .first()
    .waitFor();
});

story('whoever wants no motion goes from day to day', {}, async ({ program, page, text }) => {
  const { log } = await program.import({ file: ORDERS, name: 'Orders' });
  await openMap(page, log);
  await button(page, text, 'map.tools.replay').click();
  await replayDrawn(page, text);
  const slider = replaySlider(page, text);
  assert.equal(await slider.getAttribute('aria-valuenow'), '0');
  assert.equal(await button(page, text, 'replay.play').count(), 0);
  await button(page, text, 'replay.on.day').click();
  await button(page, text, 'replay.on.day').click();
  assert.equal(await slider.getAttribute('aria-valuenow'), String(2 * 86_400));
  await button(page, text, 'replay.back.day').click();
  assert.equal(await slider.getAttribute('aria-valuenow'), String(86_400));
  // The space bar goes on as well, where it presses nothing.
  await slider.focus();
  await page.keyboard.press('Space');
  assert.equal(await slider.getAttribute('aria-valuenow'), String(2 * 86_400));
  const record = button(page, text, 'replay.record');
  assert.ok(await record.isDisabled());
  await replayBar(page, text).getByText(text('replay.record.still')).waitFor();
});

story('the replay is recorded as a video', {}, async ({ program, page, text }) => {
  const { log } = await program.demo(DEALS);
  await page.emulateMedia(MOVING);
  await openMap(page, log, replayAt({ at: '2024-05-03T12:00:00Z', speed: 0.5 }));
  await replayDrawn(page, text);
  await button(page, text, 'replay.record').click();
  await button(page, text, 'replay.pause').waitFor();
  const slider = replaySlider(page, text);
  const from = await replayBar(page, text).locator('b').first().innerText();
  await page.waitForFunction(
    (before) => document.querySelector('section p b').innerText !== before,
    from,
  );
  assert.ok(await slider.isVisible());
  const downloading = page.waitForEvent('download');
  await button(page, text, 'replay.record.stop').click();
  const download = await downloading;
  assert.equal(download.suggestedFilename(), 'Deals 1.webm');
  const parts = [];
  for await (const part of await download.createReadStream()) parts.push(part);
  const video = Buffer.concat(parts);
  // Every WebM begins with the mark of EBML.
  assert.equal(video.subarray(0, 4).toString('hex'), '1a45dfa3');
  assert.ok(video.length > 5_000, `${video.length} bytes`);
  await button(page, text, 'replay.record').waitFor();
  await button(page, text, 'replay.play').waitFor();
});

story('an answer that does not come is said in the bar, and asked for again', {}, async (scene) => {
  const { program, window, page, text } = scene;
  const { log } = await program.demo(DEALS);
  window.provokes('500');
  let isBroken = true;
  await page.route('**/api/v1/analyses', (route) => {
    const isReplay = route.request().postData().includes('"movements"');
    return isBroken && isReplay ? route.fulfill({ status: 500, body: 'no' }) : route.continue();
  });
  await openMap(page, log, replayAt());
  const bar = replayBar(page, text);
  const reason = text('replay.failed.why');
  await bar.getByText(text('replay.failed', { reason })).waitFor();
  assert.ok((await page.locator('[data-activity]').count()) > 5, 'the map is there');
  isBroken = false;
  await bar.getByRole('button', { name: text('failure.retry') }).click();
  await replayDrawn(page, text);
});

story('who closes the replay takes back what it asked for', {}, async (scene) => {
  const { program, page, text } = scene;
  const { log } = await program.demo(DEALS);
  let asked = 0;
  await page.route('**/api/v1/analyses', (route) => {
    const isReplay = route.request().postData().includes('"movements"');
    if (!isReplay) return route.continue();
    // An answer that takes for ever.
    asked += 1;
    return undefined;
  });
  await openMap(page, log, replayAt());
  const bar = replayBar(page, text);
  await bar.getByText(text('replay.loading')).waitFor();
  const takenBack = page.waitForEvent('requestfailed');
  await button(page, text, 'replay.close').click();
  assert.ok((await takenBack).postData().includes('"movements"'));
  assert.equal(asked, 1);
  await bar.waitFor({ state: 'detached' });
});

story('a log in which nothing takes time says so', {}, async ({ program, page, text }) => {
  const rows = ['case,activity,time', '1,a,2026-03-01', '1,b,2026-03-01', '2,a,2026-03-02'];
  const file = { name: 'still.csv', buffer: Buffer.from([...rows, '2,b,2026-03-02'].join('\n')) };
  const { log } = await program.import({ file, name: 'Still' });
  await openMap(page, log, replayAt());
  await replayBar(page, text).getByText(text('replay.empty')).waitFor();
});

story('on paper there is the map alone', {}, async ({ program, page, text }) => {
  const { log } = await program.demo(DEALS);
  await openMap(page, log, replayAt({ at: '2024-05-03T12:00:00Z' }));
  await replayDrawn(page, text);
  const arrows = page.locator('[data-world] > g').first();
  const strength = () => arrows.evaluate((group) => getComputedStyle(group).opacity);
  await settled(page);
  assert.equal(await strength(), '0.5');
  await page.emulateMedia({ media: 'print' });
  assert.equal(await replayBar(page, text).count(), 0);
  assert.ok(await page.locator('canvas[data-tokens]').isHidden());
  await settled(page);
  assert.equal(await strength(), '1');
});

for (const language of LANGUAGES) {
  story(`the replay can be used by everybody (${language})`, { language }, async (scene) => {
    const { program, window, page, text } = scene;
    const { log } = await program.demo(DEALS);
    const words = { at: '2024-05-03T12:00:00Z', colour: 'SalesRegion', tails: true };
    for (const scheme of ['light', 'dark']) {
      await page.emulateMedia({ colorScheme: scheme });
      await openMap(page, log, replayAt(words));
      await replayDrawn(page, text);
      await shownIn(page, scheme);
      await replayBar(page, text).getByRole('list').waitFor();
      assert.deepEqual(await window.accessibilityFaults(page), []);
    }
  });
}
