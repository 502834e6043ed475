// Can activities be hidden, renamed, grouped and moved, by mouse and by keyboard alone?

import assert from 'node:assert/strict';
import { activity, addressOf, drawing, mapDrawn, openMap } from './map.mjs';
import { story } from './product.mjs';

const DEALS = { deals: 150, name: 'Deals' };
const HIDDEN = (...activities) => [{ not: { kind: 'event_activity', activities } }];

function filters(page) {
  return JSON.parse(addressOf(page).filters ?? '[]');
}

story('an activity is hidden, a chip says so, and Undo brings it back', {}, async (scene) => {
  const { program, page, text } = scene;
  const { log, version } = await program.demo(DEALS);
  await openMap(page, log);
  await activity(page, 'Quote Issued').click({ button: 'right' });
  await page.getByRole('menuitem', { name: text('map.menu.hide'), exact: true }).click();
  await activity(page, 'Quote Issued').waitFor({ state: 'detached' });
  assert.deepEqual(filters(page), HIDDEN('Quote Issued'));
  // What follows now is what the server says follows.
  const { activities } = await program.ask(version, 'map', {}, filters(page));
  assert.ok(activities.every((one) => one.activity !== 'Quote Issued'));

  await activity(page, 'Quote Accepted').click({ button: 'right' });
  await page.getByRole('menuitem', { name: text('map.menu.hide'), exact: true }).click();
  await activity(page, 'Quote Accepted').waitFor({ state: 'detached' });
  assert.deepEqual(filters(page), HIDDEN('Quote Issued', 'Quote Accepted'));
  await page.getByRole('button', { name: text('filters.undo') }).click();
  await activity(page, 'Quote Accepted').waitFor();
  await page.getByRole('button', { name: text('filters.undo') }).click();
  await activity(page, 'Quote Issued').waitFor();
  assert.deepEqual(filters(page), []);
});

story('by keyboard alone: mark two activities, group them, rename one', {}, async (scene) => {
  const { program, page, text } = scene;
  const { log } = await program.demo(DEALS);
  await openMap(page, log);
  const menuItem = async (name) => {
    await page.keyboard.press('Shift+F10');
    const item = page.getByRole('menuitem', { name, exact: true });
    await item.waitFor();
    while (!(await item.evaluate((node) => node === document.activeElement))) {
      await page.keyboard.press('ArrowDown');
    }
    await page.keyboard.press('Enter');
  };
  await activity(page, 'Quote Issued').focus();
  await page.keyboard.press('Control+Enter');
  await page.getByRole('heading', { name: text('map.marked', { count: 1 }) }).waitFor();
  await page.keyboard.press('ArrowDown');
  await activity(page, 'Quote Accepted').focus();
  await page.keyboard.press('Control+Enter');
  await page.getByRole('heading', { name: text('map.marked', { count: 2 }) }).waitFor();
  assert.equal(await page.locator('[data-marked]').count(), 2);
  await menuItem(text('map.menu.groupAll', { count: 2 }));
  const name = page.getByRole('textbox', { name: text('map.group.name') });
  await name.waitFor();
  await page.keyboard.type('Lead Captured');
  await page.getByText(text('map.group.taken', { name: 'Lead Captured' })).waitFor();
  await name.press('Control+A');
  await page.keyboard.type('Quote');
  await page.keyboard.press('Enter');
  await activity(page, 'Quote').waitFor();
  assert.equal(await activity(page, 'Quote Issued').count(), 0);
  assert.equal(await page.locator('[data-marked]').count(), 0);
  const grouped = {
    kind: 'group_activities',
    groups: { Quote: ['Quote Issued', 'Quote Accepted'] },
  };
  assert.deepEqual(filters(page), [grouped]);

  await activity(page, 'Quote').focus();
  await menuItem(text('map.menu.renameAs'));
  const other = page.getByRole('textbox', { name: text('map.rename.name') });
  await other.waitFor();
  await other.press('Control+A');
  await page.keyboard.type('Devis 見積');
  await page.keyboard.press('Enter');
  await activity(page, 'Devis 見積').waitFor();
  assert.deepEqual(filters(page)[1], {
    kind: 'group_activities',
    groups: { 'Devis 見積': ['Quote'] },
  });
  await activity(page, 'Devis 見積').focus();
  await menuItem(text('map.menu.ungroup'));
  await activity(page, 'Quote').waitFor();
  await page.goBack();
  await activity(page, 'Devis 見積').waitFor();
});

story('an activity is dragged, its paths follow, and a link keeps it there', {}, async (scene) => {
  const { program, page, text } = scene;
  const { log } = await program.demo(DEALS);
  await openMap(page, log);
  const before = await drawing(page);
  const box = await activity(page, 'Opportunity Lost').boundingBox();
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
  await page.mouse.move(x, y);
  await page.mouse.down();
  await page.mouse.move(x + 30, y + 10);
  await page.mouse.move(x + 60, y + 20);
  await page.mouse.up();
  await page.waitForURL(/moved=/);
  const after = await drawing(page);
  const changed = (part) =>
    Object.keys(before[part]).filter((one) => before[part][one] !== after[part][one]);
  assert.deepEqual(changed('places'), ['Opportunity Lost']);
  const ways = Object.keys(before.paths).filter((id) =>
    id.split('\u0001').includes('Opportunity Lost'),
  );
  assert.deepEqual(changed('paths').sort(), ways.sort());
  assert.equal(addressOf(page).activity, undefined, 'a drag selects nothing');

  await page.reload();
  await mapDrawn(page);
  assert.deepEqual(await drawing(page), after);
  await page.getByRole('button', { name: text('map.tools.reset') }).click();
  await page.waitForURL((url) => !url.search.includes('moved'));
  assert.deepEqual(await drawing(page), before);
});

story('an activity is moved by keyboard, and put back', {}, async ({ program, page, text }) => {
  const { log } = await program.demo(DEALS);
  await openMap(page, log);
  const before = await drawing(page);
  await activity(page, 'Quote Issued').focus();
  await page.keyboard.press('Shift+ArrowRight');
  await page.keyboard.press('Shift+ArrowRight');
  await page.keyboard.press('Shift+ArrowDown');
  await page.waitForURL((url) => {
    const moved = JSON.parse(url.searchParams.get('moved') ?? '{}');
    return JSON.stringify(moved) === '{"Quote Issued":[32,16]}';
  });
  const lead = activity(page, 'Quote Issued');
  assert.ok(await lead.evaluate((node) => node === document.activeElement), 'the focus stays');
  await page.keyboard.press('Shift+F10');
  await page.getByRole('menuitem', { name: text('map.menu.reset') }).click();
  await page.waitForURL((url) => !url.search.includes('moved'));
  assert.deepEqual(await drawing(page), before);

  // Without dragging: a click in the menu, which stays open for more.
  await activity(page, 'Quote Issued').click({ button: 'right' });
  const left = page.getByRole('menuitem', {
    name: text('map.menu.move.left', { activity: 'Quote Issued' }),
  });
  await left.click();
  await page.waitForURL((url) => url.searchParams.get('moved') === '{"Quote Issued":[-48,0]}');
  await left.click();
  await page.waitForURL((url) => url.searchParams.get('moved') === '{"Quote Issued":[-96,0]}');
  await page.keyboard.press('Escape');

  await openMap(page, log, '?moved=nonsense&metric=gold');
  assert.deepEqual(await drawing(page), before);
  const ignored = text('filters.ignored.words', { words: 'moved and metric' });
  await page.getByText(ignored).waitFor();
});
