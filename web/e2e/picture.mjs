// Makes the picture of the README: the product's own map of its sample log.
//
// `cargo xtask browser picture` runs it; the program and the browser are those of the stories.

import { mkdir, stat } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { openMap } from './map.mjs';
import { Program } from './program.mjs';
import { texts } from './texts.mjs';
import { settled, Window } from './window.mjs';

const FOLDER = new URL('../../docs/pictures/', import.meta.url);
const FILE = fileURLToPath(new URL('process-map.png', FOLDER));
const BYTES_MAX = 300_000;

const program = await Program.start();
try {
  const text = await texts('en');
  const { log } = await program.demo({ name: text('data.sample.name') });
  const window = await Window.open(program.address);
  try {
    await openMap(window.page, log);
    await window.page.mouse.move(0, 0);
    await settled(window.page);
    await mkdir(FOLDER, { recursive: true });
    await window.page.screenshot({ path: FILE });
  } finally {
    await window.close();
  }
} finally {
  await program.remove();
}
const { size } = await stat(FILE);
if (size > BYTES_MAX)
  throw new Error(`${FILE} has ${size} bytes; at most ${BYTES_MAX} are allowed`);
process.stdout.write(`${FILE}: ${size} bytes\n`);
