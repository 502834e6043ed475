// Is the dark page dark, when the system wants it and when somebody chose it?

import assert from 'node:assert/strict';
import { openMap } from './map.mjs';
import { story } from './product.mjs';
import { tour, visit } from './tour.mjs';
import { shownIn } from './window.mjs';

async function choose(page, text, theme) {
  await page.getByRole('button', { name: text('shell.theme'), exact: true }).click();
  await page.getByRole('menuitem', { name: text(`shell.theme.${theme}`) }).click();
}

/** The picture has colours of its own. */
function paperOfPicture(page) {
  return page.locator('svg[aria-roledescription] pattern circle').getAttribute('fill');
}

story('the page follows the system', { scheme: 'dark' }, async ({ program, page }) => {
  const { log } = await program.demo({ deals: 50, name: 'Deals' });
  await openMap(page, log);
  await shownIn(page, 'dark');
  const dark = await paperOfPicture(page);
  await page.emulateMedia({ colorScheme: 'light' });
  await shownIn(page, 'light');
  assert.notEqual(await paperOfPicture(page), dark);
});

story('a chosen theme is remembered, whatever the system wants', {}, async ({ page, text }) => {
  await page.goto('/data');
  await shownIn(page, 'light');
  await choose(page, text, 'dark');
  await shownIn(page, 'dark');
  await page.reload();
  await shownIn(page, 'dark');
  await page.emulateMedia({ colorScheme: 'dark' });
  await choose(page, text, 'light');
  await shownIn(page, 'light');
  await choose(page, text, 'auto');
  await shownIn(page, 'dark');
});

story('every page is light on paper', { scheme: 'dark' }, async (scene) => {
  const { program, page, window } = scene;
  const { log } = await program.demo({ deals: 50, name: 'Deals' });
  const dark = [];
  for (const one of tour(log)) {
    if (one.name === 'missing') window.provokes('404');
    await visit(page, one);
    await shownIn(page, 'dark');
    // What is there when the event is over is what the browser prints.
    await page.evaluate(() =>
      addEventListener('beforeprint', () => {
        const paper = getComputedStyle(document.documentElement).getPropertyValue('--surface');
        document.body.dataset.printed = paper.trim();
      }),
    );
    await page.pdf({ preferCSSPageSize: true });
    const paper = await page.evaluate(() => document.body.dataset.printed);
    if (!['#fff', '#ffffff'].includes(paper)) dark.push(`${one.name}: ${paper}`);
    await shownIn(page, 'dark');
  }
  assert.deepEqual(dark, []);
});
