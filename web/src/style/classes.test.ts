// Does every class of a style sheet dress something, and is every class that is worn in its sheet?
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { expect, test } from 'vitest';

const ROOT = join(import.meta.dirname, '..');
const files = readdirSync(ROOT, { recursive: true, encoding: 'utf8' });

function read(ending: RegExp): Map<string, string> {
  const paths = files.filter((file) => ending.test(file)).map((file) => join(ROOT, file));
  return new Map(paths.map((path) => [path, readFileSync(path, 'utf8')]));
}

const sheets = read(/\.module\.css$/);
const sources = read(/\.tsx?$/);

/** Classes worn by name, `styles.row`; nothing where one is looked up and may be any. */
function worn(sheet: string): Set<string> | null {
  const classes = new Set<string>();
  for (const [path, source] of sources) {
    for (const [, name, named = ''] of source.matchAll(
      /import (\w+) from '(\..*\.module\.css)'/g,
    )) {
      if (resolve(dirname(path), named) !== sheet) continue;
      if (new RegExp(`\\b${name}\\[`).test(source)) return null;
      for (const [, one = ''] of source.matchAll(new RegExp(`(?<![/.\\w])${name}\\.(\\w+)`, 'g'))) {
        classes.add(one);
      }
    }
  }
  for (const [path, source] of sheets) {
    for (const [, one = '', named] of source.matchAll(/composes: (\w+)(?: from "(.*)")?;/g)) {
      if ((named ? resolve(dirname(path), named) : path) === sheet) classes.add(one);
    }
  }
  return classes;
}

/** Classes that a sheet has rules for. */
function dressed(source: string): Set<string> {
  const rules = source.replace(/\/\*.*?\*\//gs, '').matchAll(/(?:^|[{};])([^{};]*)(?=\{)/g);
  const selectors = [...rules].map(([, selector = '']) => selector).join(' ');
  return new Set([...selectors.matchAll(/\.([a-zA-Z]\w*)/g)].map(([, name = '']) => name));
}

test('every class is worn, and every class that is worn has a rule', () => {
  const faults: string[] = [];
  for (const [path, source] of sheets) {
    const [rules, uses] = [dressed(source), worn(path)];
    for (const name of uses ? rules : []) {
      if (!uses?.has(name)) faults.push(`${path}: .${name} is worn nowhere`);
    }
    for (const name of uses ?? []) {
      if (!rules.has(name)) faults.push(`${path}: .${name} has no rule`);
    }
  }
  expect(sheets.size).toBeGreaterThan(40);
  expect(faults).toEqual([]);
});
