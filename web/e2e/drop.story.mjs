// Does the browser keep its hands off a file that is let go on any page?

import assert from 'node:assert/strict';
import { mapDrawn } from './map.mjs';
import { ORDERS } from './orders.mjs';
import { story } from './product.mjs';

/** Lets a file go on the middle of the page; whether the browser was kept from opening it. */
function letGo(page, { name, buffer }) {
  return page.evaluate(
    ([name, text]) => {
      const data = new DataTransfer();
      data.items.add(new File([text], name, { type: 'text/csv' }));
      const target = document.elementFromPoint(innerWidth / 2, innerHeight / 2);
      const make = (kind) =>
        new DragEvent(kind, { bubbles: true, cancelable: true, dataTransfer: data });
      const over = !target.dispatchEvent(make('dragover'));
      const drop = !target.dispatchEvent(make('drop'));
      return over && drop;
    },
    [name, buffer.toString()],
  );
}

story('a file let go on the map, or elsewhere, goes to the import', {}, async (scene) => {
  const { program, page, text } = scene;
  const { log } = await program.demo({ deals: 100, name: 'Deals' });
  for (const place of ['map', 'cases', 'variants', 'throughput']) {
    await page.goto(`/${place}/${log}`);
    if (place === 'map') await mapDrawn(page);
    else await page.getByRole('heading', { level: 1 }).first().waitFor();
    assert.ok(await letGo(page, ORDERS), `kept from the browser on ${place}`);
    await page.waitForURL(/\/data\/import\?/);
    await page.getByText(ORDERS.name).first().waitFor();
    await page.getByRole('button', { name: text('import.next.check') }).waitFor();
  }
});
