// Does every text still fit when it is two fifths longer? Other languages are, sooner or later.

import assert from 'node:assert/strict';
import { story } from './product.mjs';
import { tour, visit } from './tour.mjs';
import { settled } from './window.mjs';

const WINDOWS = [
  { width: 1440, height: 900 },
  { width: 390, height: 800 },
];

/** Texts of the product, not of the data, of which a part cannot be seen nor scrolled to. */
function cutTexts() {
  const cut = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    // The lengthened language puts each of its texts in brackets and ends it with dots.
    if (!/[[·\]]/.test(node.data)) continue;
    const parent = node.parentElement;
    // What is shortened may be read whole where the pointer rests.
    if (parent.closest('[title]')?.title.includes(node.data)) continue;
    if (!parent.checkVisibility({ visibilityProperty: true, opacityProperty: true })) continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    const text = range.getBoundingClientRect();
    if (text.width < 1) continue;
    let free = { x: false, y: false };
    for (let box = parent; box && box !== document.documentElement; box = box.parentElement) {
      if (box.closest('[data-world]')) break;
      const style = getComputedStyle(box);
      const edge = box.getBoundingClientRect();
      // What is only read aloud is a dot on the screen.
      if (edge.width <= 2 || edge.height <= 2) break;
      const across = { auto: 'free', scroll: 'free', hidden: 'cuts', clip: 'cuts' };
      const [x, y] = [across[style.overflowX], across[style.overflowY]];
      free = { x: free.x || x === 'free', y: free.y || y === 'free' };
      const isCutX = x === 'cuts' && (text.right > edge.right + 1 || text.left < edge.left - 1);
      const isCutY = y === 'cuts' && (text.bottom > edge.bottom + 2 || text.top < edge.top - 2);
      if ((isCutX && !free.x) || (isCutY && !free.y)) {
        cut.push(node.data.slice(0, 60));
        break;
      }
      if (style.position === 'fixed') break;
    }
  }
  return [...new Set(cut)];
}

story('no text is cut off when it gets longer', {}, async (scene) => {
  const { program, page, window } = scene;
  const { log } = await program.demo({ deals: 60, name: 'Deals' });
  await page.addInitScript(() => localStorage.setItem('paydirt.language', 'pseudo'));
  const faults = [];
  for (const one of tour(log)) {
    if (one.name === 'missing') window.provokes('404');
    await visit(page, one);
    for (const size of WINDOWS) {
      await page.setViewportSize(size);
      await settled(page);
      const cut = await page.evaluate(cutTexts);
      faults.push(...cut.map((text) => `${one.name}, ${size.width}: ${text}`));
    }
  }
  assert.deepEqual(faults, []);
});
