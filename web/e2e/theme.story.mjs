// Is the dark page dark, when the system wants it and when somebody chose it?

import assert from 'node:assert/strict';
import { openMap } from './map.mjs';
import { story } from './product.mjs';
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
