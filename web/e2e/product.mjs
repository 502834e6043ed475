// How does a story start the real program, open it in a real browser and look at it?
//
// Every story gets a program of its own with an empty data folder, both gone at its end. Nothing
// here waits for a time to pass: it waits for a line, an element or a request.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
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

export const LANGUAGES = ['en', 'fr', 'ja'];

/** Names of WCAG 2.2 AA and below, as axe knows them. */
const RULE_TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

async function freePort() {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  server.close();
  await once(server, 'close');
  return port;
}

/** The program, serving a data folder. */
export class Program {
  static async start({ verb = 'serve', folder, port, more = [] } = {}) {
    const program = new Program();
    program.folder = folder ?? (await mkdtemp(join(tmpdir(), 'paydirt-story-')));
    program.port = port ?? (await freePort());
    const data = ['--data', program.folder, '--port', String(program.port), '--no-open'];
    program.child = spawn(process.env.PAYDIRT_BINARY, [verb, ...data, ...more], {
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    program.said = '';
    program.child.stderr.on('data', (text) => {
      program.said += text;
    });
    const ended = once(program.child, 'exit').then(([code]) => {
      throw new Error(
        `the program ended with ${code} before it named its address: ${program.said}`,
      );
    });
    program.address = await Promise.race([program.#address(), ended]);
    ended.catch(() => {});
    return program;
  }

  async #address() {
    for await (const line of createInterface({ input: this.child.stdout })) {
      const found = line.match(/http:\/\/[^\s/]+/);
      if (found) {
        this.child.stdout.resume();
        return found[0];
      }
    }
    return new Promise(() => {});
  }

  /** Ends the program as Ctrl-C does, or at once as a power cut does. */
  async stop(signal = 'SIGINT') {
    if (this.child.exitCode === null && this.child.signalCode === null) {
      const ended = once(this.child, 'exit');
      this.child.kill(signal);
      await ended;
    }
  }

  async remove() {
    await this.stop('SIGKILL');
    await rm(this.folder, { recursive: true, force: true });
  }
}

/** A browser window on the program. Everything it should not have seen is in `faults`. */
export class Window {
  static async open({ language = 'en', scheme = 'light', width = 1440, height = 900 } = {}) {
    const window = new Window();
    window.browser = await chromium.launch({
      executablePath: process.env.PAYDIRT_CHROMIUM,
      args: CHROMIUM_ARGUMENTS,
    });
    const context = await window.browser.newContext({
      colorScheme: scheme,
      locale: { en: 'en-GB', fr: 'fr-FR', ja: 'ja-JP' }[language],
      reducedMotion: 'reduce',
      timezoneId: 'Europe/Paris',
      viewport: { width, height },
    });
    window.page = await context.newPage();
    window.faults = [];
    window.page.on('pageerror', (error) => window.faults.push(`error: ${error.message}`));
    window.page.on('console', (message) => {
      if (message.type() === 'error') window.faults.push(`console: ${message.text()}`);
    });
    window.page.on('request', (request) => {
      const { hostname, protocol } = new URL(request.url());
      const isOurs = hostname === '127.0.0.1' || protocol === 'data:' || protocol === 'blob:';
      if (!isOurs) window.faults.push(`asked another host: ${request.url()}`);
    });
    return window;
  }

  close() {
    return this.browser.close();
  }

  /** What axe finds on the page as it is, a line for each rule that is broken. */
  async accessibilityFaults() {
    await this.page.evaluate(await readFile(require.resolve('axe-core/axe.min.js'), 'utf8'));
    const { violations } = await this.page.evaluate(
      (tags) => globalThis.axe.run(document, { runOnly: tags, resultTypes: ['violations'] }),
      RULE_TAGS,
    );
    return violations.map(
      ({ id, help, nodes }) => `${id}: ${help}: ${nodes.map((node) => node.target).join(' ')}`,
    );
  }
}

/** Runs a story with a program and a window of its own, and clears up whatever happens. */
export async function story(options, tell) {
  const program = await Program.start(options.program);
  let window;
  try {
    window = await Window.open(options.window);
    await tell({ program, window, page: window.page });
  } finally {
    await window?.close();
    await program.remove();
  }
}

/** The texts of the product in a language, by key. */
export async function texts(language) {
  const file = new URL(`../src/text/${language}.json`, import.meta.url);
  const messages = JSON.parse(await readFile(file, 'utf8'));
  return (key) => {
    if (!(key in messages)) throw new Error(`${language}.json has no text "${key}"`);
    return messages[key];
  };
}

/** A file of the repository's test data. */
export function testData(path) {
  return fileURLToPath(new URL(`../../testdata/${path}`, import.meta.url));
}
