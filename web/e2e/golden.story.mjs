// Are the answers that tests of pictures are fed with those of the program?

import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { story, testData } from './product.mjs';

const ACTIVITY = 'Vérifier le stock';
const PATH = { from: 'Créer la commande', to: ACTIVITY };
const SELECTION = [{ kind: 'activity_contains', activities: [ACTIVITY] }];
const VALUE = { attribute: 'Montant' };

/** What is asked of `commandes.csv`, by the name of the file that has the answer. */
const QUESTIONS = {
  map: { waits: true, repetitions: true, values: [VALUE], weight: VALUE },
  neighbours: { activity: ACTIVITY, limit: 100, bins: 24, months: 12 },
  spectrum: PATH,
  differences: { selection: SELECTION, limit: 5 },
  stages: {},
};

story('pictures are tested with answers of the program', {}, async ({ program }) => {
  const name = 'commandes.csv';
  const file = { name, buffer: readFileSync(testData(`logs/shipped/${name}`)) };
  const { version } = await program.import({ file, name });
  for (const [question, params] of Object.entries(QUESTIONS)) {
    const path = new URL(`../src/pages/explore/golden/${question}.json.txt`, import.meta.url);
    const known = JSON.parse(readFileSync(path, 'utf8'));
    const asked = known.tiles.find((tile) => tile.question === question);
    const answer = await program.ask(version, question, params);
    if (process.env.PAYDIRT_UPDATE === '1') {
      known.tiles = known.tiles.map((tile) => (tile === asked ? { ...tile, answer } : tile));
      writeFileSync(fileURLToPath(path), `${JSON.stringify(known, null, 1)}\n`);
    } else {
      assert.deepEqual(asked.answer, answer, question);
    }
  }
});
