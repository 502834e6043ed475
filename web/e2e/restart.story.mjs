// Does a page survive its server, and an import the power cut?

import assert from 'node:assert/strict';
import { open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { mapDrawn, openMap, slider } from './map.mjs';
import { ORDERS } from './orders.mjs';
import { story } from './product.mjs';
import { chooseFile, goOnToImport } from './wizard.mjs';

/** What a browser reports of requests that nobody answers. */
const NO_ANSWER = [
  'ERR_CONNECTION_REFUSED',
  'ERR_CONNECTION_RESET',
  'ERR_INCOMPLETE',
  'ERR_EMPTY',
  'ERR_SOCKET_NOT_CONNECTED',
  'ERR_CONNECTION_CLOSED',
  'Unable to preload',
  'Failed to fetch dynamically imported module',
];

/** An idle page asks for its jobs every 30 seconds; two seconds is far from that. */
const NOTICED_MS = 2_000;

/** Waits until the page listens: the program counts who does. */
async function eventsFlow(program) {
  const counted = /route="\/api\/v1\/jobs\/events",status="200"\} [1-9]/;
  for (;;) {
    const figures = await fetch(`${program.address}/metrics`);
    if (counted.test(await figures.text())) return;
  }
}

/** Makes the program end as a power cut does, while the page looks on. */
async function cutPower({ program, window }) {
  for (const words of NO_ANSWER) window.provokes(words);
  await program.stop('SIGKILL');
}

story('the server is killed and comes back under an open map', {}, async (scene) => {
  const { program, page, text } = scene;
  const { log } = await program.demo({ deals: 100, name: 'Deals' });
  await openMap(page, log);
  await cutPower(scene);
  await slider(page, text, 'activities').press('Home');
  await page.getByText(text('shell.connection.lost')).waitFor();

  await program.startAgain();
  await page.getByText(text('shell.connection.back')).waitFor();
  // What was asked meanwhile is answered: the most frequent activity alone.
  await page.waitForFunction(() => document.querySelectorAll('[data-activity]').length === 1);
});

story(
  'a page that asks for nothing notices at once, and finds what came meanwhile',
  {},
  async (scene) => {
    const { program, page, text } = scene;
    await program.demo({ deals: 20, name: 'Deals' });
    await page.goto('/data');
    await page.getByRole('rowheader', { name: 'Deals' }).waitFor();
    await eventsFlow(program);
    await cutPower(scene);
    const killedAt = Date.now();
    await page.getByText(text('shell.connection.lost')).waitFor();
    assert.ok(Date.now() - killedAt < NOTICED_MS, 'it took longer than two seconds to notice');

    await program.startAgain();
    await program.demo({ deals: 20, name: 'More deals' });
    await page.getByText(text('shell.connection.back')).waitFor();
    await page.getByRole('rowheader', { name: 'More deals' }).waitFor();
    // It listens again: a job of somebody else is told without being asked for.
    await eventsFlow(program);
    const { id } = await program.post('/demo', { deals: 20, name: 'Deals of others' });
    await program.result({ id });
    await page.getByRole('rowheader', { name: 'Deals of others' }).waitFor();
  },
);

story('a file on its way is sent anew when the server is back', {}, async (scene) => {
  const { program, window, page, text } = scene;
  await page.goto('/data/import');
  await eventsFlow(program);
  await cutPower(scene);
  await page.getByText(text('shell.connection.lost')).waitFor();
  await chooseFile(page, text, ORDERS);
  await page.getByRole('heading', { name: text('failure.unreachable.title') }).waitFor();
  await program.startAgain();
  await page.getByRole('button', { name: text('import.next.check') }).waitFor();

  // Where the server is there all the while, sending again for ever would not help.
  await page.goto('/data/import');
  window.provokes('ERR_FAILED');
  await page.route('**/api/v1/uploads?*', (route) => route.abort());
  await chooseFile(page, text, ORDERS);
  await page.getByText(text('failure.unsent.title')).waitFor();
  await page.unroute('**/api/v1/uploads?*');
  await page.getByRole('button', { name: text('failure.retry') }).click();
  await page.getByRole('button', { name: text('import.next.check') }).waitFor();
});

story('a page that was never opened waits for the server, too', {}, async (scene) => {
  const { program, page, text } = scene;
  const { log } = await program.demo({ deals: 20, name: 'Deals' });
  await openMap(page, log);
  await cutPower(scene);
  await page.getByRole('link', { name: text('place.data'), exact: true }).click();
  await page.getByText(text('shell.connection.lost')).waitFor();

  await program.startAgain();
  await page.getByRole('rowheader', { name: 'Deals' }).getByRole('link').click();
  await mapDrawn(page);
});

story('a page that does not come ahead disturbs nobody', {}, async (scene) => {
  const { program, window, page, text } = scene;
  const { log } = await program.demo({ deals: 20, name: 'Deals' });
  for (const words of ['ERR_FAILED', 'Unable to preload']) window.provokes(words);
  const isOfCases = (url) => new URL(url).pathname.startsWith('/assets/CasesPage-');
  const refused = page.waitForEvent('requestfailed', (request) => isOfCases(request.url()));
  await page.route(isOfCases, (route) => route.abort());
  await page.clock.install();
  await openMap(page, log);
  await page.keyboard.press('/');
  const find = page.getByRole('dialog').getByRole('combobox');
  await find.fill('Quote');
  await refused;
  await page.unroute(isOfCases);
  // Long enough to ask whether a server that was lost is back.
  await page.clock.fastForward('00:05');
  await page.evaluate(() => fetch('/healthz').then((answer) => answer.text()));
  assert.equal(await page.getByText(text('shell.connection.lost')).count(), 0);
  assert.equal(await find.inputValue(), 'Quote');

  // Whoever goes there has the page, with its looks: it comes with the whole program.
  await page.keyboard.press('Escape');
  const again = page.waitForEvent('load');
  await page.getByRole('link', { name: text('place.cases'), exact: true }).click();
  await again;
  await page.getByRole('table').first().waitFor();
  const styles = await page.evaluate(
    () => [...document.styleSheets].filter(({ href }) => href?.includes('/CasesPage-')).length,
  );
  assert.equal(styles, 1);
});

story('an import that a power cut ended is said to be interrupted', {}, async (scene) => {
  const { program, page, text } = scene;
  await program.demo({ deals: 20, name: 'Deals' });
  const file = join(tmpdir(), `paydirt-story-large-${process.pid}.csv`);
  try {
    await writeLargeLog(file);
    await page.goto('/data/import');
    await chooseFile(page, text, file);
    await goOnToImport(page, text);
    await page.getByRole('button', { name: text('import.start'), exact: true }).click();
    await page.getByText(text('import.leave')).waitFor();
    const [job] = (await program.get('/jobs')).jobs.filter(({ kind }) => kind === 'import');
    assert.equal(job.state, 'running');
    await cutPower(scene);
    await page.getByText(text('shell.connection.lost')).waitFor();

    await program.startAgain();
    await page.getByRole('main').getByText(text('jobs.state.interrupted')).waitFor();
    assert.equal((await program.get(`/jobs/${job.id}`)).state, 'interrupted');
    // What was there is there; nothing is half there.
    const { logs } = await program.get('/logs');
    const whole = logs.filter(({ current }) => current);
    assert.deepEqual(
      whole.map(({ name }) => name),
      ['Deals'],
    );
    await page.getByRole('button', { name: text('jobs.open', { count: 0 }) }).click();
    const tray = page.getByRole('dialog', { name: text('jobs.title') });
    await tray.getByText(text('jobs.state.interrupted')).waitFor();
  } finally {
    await rm(file, { force: true });
  }
});

/** Large enough that its import takes longer than to look at the page and to kill. */
async function writeLargeLog(file) {
  const out = await open(file, 'w');
  await out.write('case,activity,time,note\n');
  for (let block = 0; block < 400; block += 1) {
    let rows = '';
    for (let row = 0; row < 500; row += 1) {
      const [day, hour] = [1 + (block % 28), row % 24];
      const at = `2024-05-${String(day).padStart(2, '0')}T${String(hour).padStart(2, '0')}:00:00Z`;
      rows += `C${block}-${row % 100},step ${row % 7},${at},note ${block * 500 + row}\n`;
    }
    await out.write(rows);
  }
  await out.close();
}
