// Reads the ICU messages of the texts when the page is built: the browser then needs no parser.
import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { parse } from '@formatjs/icu-messageformat-parser';
import type { Plugin } from 'vite';

/** What is behind the name of a file of texts that is wanted as parsed messages. */
const WANTED = '.json?parsed';
/** Not the name of the file: its content is no JSON any more. */
const PREFIX = '\0texts:';

const PARSER = '@formatjs/icu-messageformat-parser';

export function parsedTexts(): Plugin {
  return {
    name: 'paydirt-texts',
    enforce: 'pre',
    config(_, { command }) {
      if (command !== 'build') return null;
      return { resolve: { alias: [{ find: PARSER, replacement: `${PARSER}/no-parser.js` }] } };
    },
    resolveId(source, importer) {
      if (!source.endsWith(WANTED) || !importer) return null;
      return PREFIX + resolve(dirname(importer), source.slice(0, -WANTED.length));
    },
    load(id) {
      if (!id.startsWith(PREFIX)) return null;
      const file = `${id.slice(PREFIX.length)}.json`;
      this.addWatchFile(file);
      const texts = Object.entries<string>(JSON.parse(readFileSync(file, 'utf8')));
      const parsed = Object.fromEntries(texts.map(([key, text]) => [key, parse(text)]));
      return `export default JSON.parse(${JSON.stringify(JSON.stringify(parsed))});`;
    },
  };
}
