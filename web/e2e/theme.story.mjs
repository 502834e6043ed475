// Is the dark page dark, when the system wants it and when somebody chose it?

import assert from 'node:assert/strict';
import { openMap } from './map.mjs';
import { story } from './product.mjs';

/** Waits until paper and ink are as light as they should be: 0 is black, 1 is white. */
function lightness(page, scheme) {
  return page.waitForFunction((wanted) => {
    const canvas = document.createElement('canvas').getContext('2d');
    const lightnessOf = (colour) => {
      canvas.fillStyle = colour;
      canvas.fillRect(0, 0, 1, 1);
      const [red, green, blue] = canvas.getImageData(0, 0, 1, 1).data;
      return (0.2126 * red + 0.7152 * green + 0.0722 * blue) / 255;
    };
    const { backgroundColor, color } = getComputedStyle(document.body);
    const [paper, ink] = [lightnessOf(backgroundColor), lightnessOf(color)];
    return wanted === 'dark' ? paper < 0.1 && ink > 0.8 : paper > 0.9 && ink < 0.3;
  }, scheme);
}

async function isDark(page) {
  await page.locator('html[data-mantine-color-scheme="dark"]').waitFor();
  await lightness(page, 'dark');
}

async function isLight(page) {
  await page.locator('html[data-mantine-color-scheme="light"]').waitFor();
  await lightness(page, 'light');
}

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
  await isDark(page);
  const dark = await paperOfPicture(page);
  await page.emulateMedia({ colorScheme: 'light' });
  await isLight(page);
  assert.notEqual(await paperOfPicture(page), dark);
});

story('a chosen theme is remembered, whatever the system wants', {}, async ({ page, text }) => {
  await page.goto('/data');
  await isLight(page);
  await choose(page, text, 'dark');
  await isDark(page);
  await page.reload();
  await isDark(page);
  await page.emulateMedia({ colorScheme: 'dark' });
  await choose(page, text, 'light');
  await isLight(page);
  await choose(page, text, 'auto');
  await isDark(page);
});
