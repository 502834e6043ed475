// How long is it from what a person does to the picture that answers it?
//
// `cargo xtask browser speed [DEALS…]` measures the released program and prints a table for each
// size of the demo log. Measured is from the event in the page to the frame that shows the last
// change of its pictures and tables, and of all its content, in a real Chromium: asking, answering,
// laying out and drawing together. What follows the picture is small: how many cases each filter
// removes, the buttons that take a picture away.

import { activity, mapDrawn, openMap, slider } from './map.mjs';
import { Program } from './program.mjs';
import { texts } from './texts.mjs';
import { Window } from './window.mjs';

/** About one and ten million events. */
const USUAL_DEALS = [60_000, 600_000];
/** Each act is done this often, each time from another state of the page. */
const TIMES = 7;
/** The content has come to rest when nothing in it has changed for so long. */
const REST_MS = 400;

const PLACES = ['variants', 'cases', 'throughput', 'rework', 'people', 'dotted'];

/**
 * Milliseconds from the first event that `act` makes in the page to the last new frame of its
 * pictures and tables, undefined where none was drawn, and to its last new frame.
 */
async function timeOf(page, act) {
  await page.evaluate(() => {
    const seen = { start: undefined, picture: undefined, drawn: 0 };
    for (const kind of ['pointerdown', 'keydown', 'input']) {
      const begin = (event) => {
        seen.start ??= event.timeStamp;
      };
      window.addEventListener(kind, begin, { capture: true });
    }
    // The signs of buttons and fields are none.
    const SIGNS = '.lucide, [class*="mantine-Input"] *';
    const PICTURES = `svg:not(${SIGNS}), canvas, table, [role="table"], [role="grid"]`;
    const isPicture = (node) => {
      const element = node instanceof Element ? node : node.parentElement;
      if (!element || element.closest('button, [role="toolbar"]')) return false;
      return element.closest(PICTURES) !== null || element.querySelector(PICTURES) !== null;
    };
    const hasPicture = ({ type, target, addedNodes }) =>
      type === 'childList' ? [...addedNodes].some(isPicture) : isPicture(target);
    const observer = new MutationObserver((changes) => {
      const isDrawn = changes.some(hasPicture);
      requestAnimationFrame(() => {
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = () => {
          seen.drawn = performance.now();
          if (isDrawn) seen.picture = seen.drawn;
        };
        port2.postMessage(undefined);
      });
    });
    const kinds = { subtree: true, childList: true, attributes: true, characterData: true };
    observer.observe(document.querySelector('main'), kinds);
    window.paydirtSpeed = { seen, observer };
  });
  await act();
  return page.evaluate(async (rest) => {
    const { seen, observer } = window.paydirtSpeed;
    const isBusy = () => document.querySelector('[data-busy="true"]') !== null;
    const isResting = () => seen.drawn > 0 && performance.now() - seen.drawn > rest && !isBusy();
    while (!isResting()) await new Promise(requestAnimationFrame);
    observer.disconnect();
    const since = (time) => (time === undefined ? undefined : time - seen.start);
    return [since(seen.picture), since(seen.drawn)];
  }, REST_MS);
}

/** What is measured on the map: each takes its turn and says how long it took. */
function actsOnMap({ page, text, log, names }) {
  const move = async (name, turn) => {
    await slider(page, text, name).focus();
    return timeOf(page, () => page.keyboard.press(turn % 2 === 0 ? 'Home' : 'End'));
  };
  return {
    'the Paths slider': (turn) => move('paths', turn),
    'the Activities slider': (turn) => move('activities', turn),
    'frequency or time': async (turn) => {
      const kind = text(turn % 2 === 0 ? 'map.metric.time' : 'map.metric.frequency');
      return timeOf(page, () => page.getByText(kind, { exact: true }).first().click());
    },
    'choosing an activity': (turn) => timeOf(page, () => activity(page, names[turn]).click()),
    'keeping the cases with an activity': async (turn) => {
      await openMap(page, log);
      await activity(page, names[turn]).focus();
      await page.keyboard.press('Shift+F10');
      const words = text('map.filter.with', { activity: names[turn] });
      const item = page.getByRole('menuitem', { name: words, exact: true });
      await item.waitFor();
      return timeOf(page, () => item.click());
    },
  };
}

/** From the map to each other place by the rail, and back. */
function actsOfPlaces({ page, text, log }) {
  const go = (place) => {
    const link = page
      .getByRole('navigation', { name: text('shell.main') })
      .getByRole('link', { name: text(`place.${place}`), exact: true });
    return timeOf(page, () => link.click());
  };
  const ways = PLACES.map((place) => [
    `from the map to ${place}`,
    async (turn) => {
      // Another slider value is another map, and a filter of its own another answer.
      const filters = JSON.stringify([
        { kind: 'period', mode: 'starts', from: `${2001 + turn}-01-01` },
      ]);
      await openMap(page, log, `?filters=${encodeURIComponent(filters)}`);
      // Somebody looks at the map, and the other places are loaded meanwhile.
      await page.waitForFunction(() =>
        performance.getEntriesByType('resource').some(({ name }) => name.includes('/ComparePage-')),
      );
      return go(place);
    },
  ]);
  return Object.fromEntries(ways);
}

/** One act of the table; a dash where a turn drew no picture. */
function line(name, times) {
  const figures = [0, 1].flatMap((part) => {
    const known = times.map((time) => time[part]).filter((ms) => ms !== undefined);
    if (known.length < times.length) return ['–', '–'];
    const sorted = known.toSorted((a, b) => a - b);
    return [sorted[Math.floor(sorted.length / 2)], sorted.at(-1)].map((ms) => ms.toFixed(0));
  });
  return `| ${name} | ${figures.map((ms) => ms.padStart(6)).join(' | ')} |\n`;
}

async function measure(program, deals) {
  const text = await texts('en');
  const { log, version } = await program.demo({ name: `Speed ${deals}`, deals });
  const { events } = await program.ask(version, 'summary', {});
  const window = await Window.open(program.address);
  try {
    const { page } = window;
    await openMap(page, log);
    await mapDrawn(page);
    const names = await page.evaluate(() =>
      [...document.querySelectorAll('[data-activity]')].map((node) => node.dataset.activity),
    );
    process.stdout.write(
      `\n${events} events\n\n` +
        '| act | picture: median ms | longest | all: median ms | longest |\n' +
        '|---|---:|---:|---:|---:|\n',
    );
    const scene = { page, text, log, names };
    for (const [name, act] of Object.entries({ ...actsOnMap(scene), ...actsOfPlaces(scene) })) {
      const times = [];
      // The first turn loads the parts of the page; it does not count.
      for (let turn = 0; turn <= TIMES; turn += 1) {
        const time = await act(turn);
        if (turn > 0) times.push(time);
      }
      process.stdout.write(line(name, times));
    }
  } finally {
    await window.close();
  }
}

const said = process.argv.slice(2).map(Number);
for (const deals of said.length > 0 ? said : USUAL_DEALS) {
  const program = await Program.start();
  try {
    await measure(program, deals);
  } finally {
    await program.remove();
  }
}
