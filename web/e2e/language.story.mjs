// Does the product speak the language that somebody chose, everywhere and from then on?

import assert from 'node:assert/strict';
import { activity, drawing, keyFigure, mapDrawn, openMap } from './map.mjs';
import { story } from './product.mjs';
import { LANGUAGES, texts } from './texts.mjs';

/** How each language is called in the switch. */
const SWITCH = { en: 'English', fr: 'Français', ja: '日本語' };

function choose(page, language) {
  return page.getByTitle(SWITCH[language], { exact: true }).click();
}

story('a switch changes texts, numbers and what the server says', {}, async (scene) => {
  const { program, window, page } = scene;
  const { log, cases } = await program.demo({ deals: 1200, name: 'Deals' });
  await openMap(page, log);
  for (const language of LANGUAGES) {
    const text = await texts(language);
    await choose(page, language);
    await page.getByRole('heading', { name: text('map.detail'), exact: true }).waitFor();
    assert.equal(await page.locator('html').getAttribute('lang'), language);
    assert.equal(await keyFigure(page, text, 'cases').innerText(), text.number(cases));
    assert.equal(await page.title(), text('page.title', { page: `${text('place.map')} · Deals` }));
    await mapDrawn(page);
    const { places, paths } = await drawing(page);
    const [activities, ways] = [Object.keys(places).length, Object.keys(paths).length];
    assert.equal(
      await page.locator('svg[aria-roledescription]').getAttribute('aria-label'),
      text('map.summary', { log: 'Deals', cases, activities, paths: ways }),
    );
  }

  // The server answers in the language of the page: no log has the number 99.
  window.provokes('404');
  const said = new Set();
  for (const language of LANGUAGES) {
    const text = await texts(language);
    await choose(page, language);
    await page.goto('/data/99');
    await page.getByRole('button', { name: text('failure.retry') }).waitFor();
    const alert = page.getByRole('main').getByRole('alert');
    said.add(await alert.getByRole('heading').innerText());
    said.add(await alert.getByRole('paragraph').first().innerText());
  }
  assert.equal(said.size, 2 * LANGUAGES.length, `titles and sentences: ${[...said].join(' | ')}`);
});

story(
  'one switch of the language is in sight, in every width',
  {},
  async ({ program, page, text }) => {
    const { log } = await program.demo({ deals: 100, name: 'Deals' });
    for (const place of ['/data', `/map/${log}`, `/cases/${log}`, `/people/${log}`]) {
      await page.goto(place);
      await page.getByRole('heading', { level: 1 }).first().waitFor({ state: 'attached' });
      for (const width of [390, 1024, 1440]) {
        await page.setViewportSize({ width, height: 800 });
        const switches = page.getByLabel(text('shell.language'), { exact: true });
        const inSight = switches.filter({ visible: true });
        assert.equal(await inSight.count(), 1, `${place} at ${width}`);
      }
    }
  },
);

story('the language is remembered, also by another tab', {}, async ({ window, page }) => {
  await page.goto('/data');
  await choose(page, 'ja');
  const japanese = await texts('ja');
  const title = (tab) => tab.getByRole('heading', { level: 1, name: japanese('data.title') });
  await title(page).waitFor();
  await page.reload();
  await title(page).waitFor();
  const other = await window.newTab();
  await other.goto('/data');
  await title(other).waitFor();
});

for (const language of LANGUAGES) {
  story(`the browser's language is the first one (${language})`, { language }, async (scene) => {
    const { program, page, text } = scene;
    await program.demo({ deals: 20, name: 'Deals' });
    await page.goto('/');
    await mapDrawn(page);
    assert.equal(await page.locator('html').getAttribute('lang'), language);
    await page.getByRole('link', { name: text('place.data'), exact: true }).waitFor();
    // Names are data: they are never translated.
    await activity(page, 'Lead Captured').waitFor();
  });
}
