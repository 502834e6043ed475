// How does a story look at the product in a real browser, and what must it never see there?

import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { chromium } from 'playwright-core';

const require = createRequire(import.meta.url);

/** Without these, Chromium looks for hosts that a closed network does not have. */
const CHROMIUM_ARGUMENTS = [
  '--no-sandbox',
  '--disable-gpu',
  '--enable-unsafe-swiftshader',
  '--use-angle=swiftshader',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** What has not come by then never comes: nothing in a story takes a tenth of it. */
const PATIENCE_MS = 20_000;

const LOCALES = { en: 'en-GB', fr: 'fr-FR', ja: 'ja-JP' };

/** Names of WCAG 2.2 AA and below, as axe knows them. */
const RULE_TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** A browser on the program. Everything that should not happen in it is in `faults`. */
export class Window {
  faults = [];
  #provoked = [];

  static async open(address, settings = {}) {
    const { language = 'en', scheme = 'light', width = 1440, height = 900, zoom = 1 } = settings;
    const window = new Window();
    window.browser = await chromium.launch({
      executablePath: process.env.PAYDIRT_CHROMIUM,
      args: CHROMIUM_ARGUMENTS,
    });
    window.context = await window.browser.newContext({
      baseURL: address,
      colorScheme: scheme,
      deviceScaleFactor: zoom,
      locale: LOCALES[language],
      permissions: ['clipboard-read', 'clipboard-write'],
      reducedMotion: 'reduce',
      timezoneId: 'Europe/Paris',
      viewport: { width, height },
    });
    window.context.setDefaultTimeout(PATIENCE_MS);
    window.address = address;
    window.page = await window.newTab();
    return window;
  }

  /** Another tab of the same browser: it shares what the browser remembers. */
  async newTab() {
    const page = await this.context.newPage();
    page.on('pageerror', (error) => this.faults.push(`error: ${error.message}`));
    page.on('console', (message) => {
      const { url } = message.location();
      if (message.type() === 'error') this.faults.push(`console: ${message.text()} ${url}`);
    });
    page.on('request', (request) => {
      const { origin, protocol } = new URL(request.url());
      const isOurs = origin === this.address || protocol === 'data:' || protocol === 'blob:';
      if (!isOurs) this.faults.push(`asked another host: ${request.url()}`);
    });
    return page;
  }

  /** The story itself makes this happen: a fault that holds these words is none. */
  provokes(words) {
    this.#provoked.push(words);
  }

  unprovoked() {
    return this.faults.filter((fault) => !this.#provoked.some((words) => fault.includes(words)));
  }

  close() {
    return this.browser.close();
  }

  /** What axe finds on the page as it is, a line for each rule that is broken. */
  async accessibilityFaults(page = this.page, { except = [] } = {}) {
    await settled(page);
    if (!(await page.evaluate(() => 'axe' in globalThis))) {
      await page.evaluate(await readFile(require.resolve('axe-core/axe.min.js'), 'utf8'));
    }
    const { violations } = await page.evaluate(
      ({ tags, except }) => {
        const rules = Object.fromEntries(except.map((rule) => [rule, { enabled: false }]));
        const resultTypes = ['violations'];
        return globalThis.axe.run(document, { runOnly: tags, rules, resultTypes });
      },
      { tags: RULE_TAGS, except },
    );
    return violations.map(
      ({ id, help, nodes }) => `${id}: ${help}: ${nodes.map((node) => node.target).join(' ')}`,
    );
  }
}

/** A colour that fades goes on to what inherits it one frame later: a few frames must be still. */
const STILL_FRAMES = 5;

/** Waits until what fades or slides has come to rest. */
export function settled(page) {
  return page.evaluate(async (enough) => {
    for (let still = 0; still < enough; still += 1) {
      await new Promise((resolve) => requestAnimationFrame(resolve));
      const moving = document.getAnimations();
      if (moving.length > 0) still = -1;
      await Promise.allSettled(moving.map((animation) => animation.finished));
    }
  }, STILL_FRAMES);
}

/** Waits until paper and ink are as light as a scheme wants them. */
export async function shownIn(page, scheme) {
  await page.locator(`html[data-mantine-color-scheme="${scheme}"]`).waitFor();
  await page.waitForFunction((wanted) => {
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
