// How does it begin, for somebody who has nothing yet?

import assert from 'node:assert/strict';
import { keyFigure, mapDrawn, openMap } from './map.mjs';
import { story } from './product.mjs';

story('the sample log is one click away, and still there tomorrow', {}, async (scene) => {
  const { program, window, page, text } = scene;
  await page.goto('/');
  await page.getByText(text('data.empty.title')).waitFor();
  await page.getByRole('button', { name: text('data.sample') }).click();
  await mapDrawn(page);
  assert.equal(await keyFigure(page, text, 'cases').innerText(), text.number(10_000));
  assert.ok((await page.title()).includes(text('data.sample.name')));

  window.provokes('ERR_CONNECTION_REFUSED');
  await program.stop();
  await program.startAgain();
  await page.goto('/');
  await mapDrawn(page);
  assert.equal(await keyFigure(page, text, 'cases').innerText(), text.number(10_000));
});

story('the other places are loaded while the first one is looked at', {}, async (scene) => {
  const { program, page } = scene;
  const { log } = await program.demo({ deals: 20, name: 'Deals' });
  const last = page.waitForResponse(/\/assets\/ComparePage-[^/]*\.js$/);
  await openMap(page, log);
  assert.equal((await last).status(), 200);
});
