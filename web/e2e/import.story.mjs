// What can go otherwise on the way of a file into the product? Every way back and every second try.

import assert from 'node:assert/strict';
import { ORDERS } from './orders.mjs';
import { story, testData } from './product.mjs';
import {
  chooseFile,
  dropBeside,
  goOnToImport,
  openMap,
  roleField,
  startImport,
} from './wizard.mjs';

const COMMANDES = testData('logs/shipped/commandes.csv');
const AMBIGUOUS = testData('logs/csv/ambiguous-dates.csv');

function table(name, rows) {
  return { name, mimeType: 'text/csv', buffer: Buffer.from([...rows, ''].join('\n')) };
}

/** Nothing in it says which column is the case. */
const NAMELESS = table('nameless.csv', [
  'alpha,beta,gamma,delta',
  'red,order,2024-05-01T09:00:00Z,2024-05-01T08:00:00Z',
  'red,invoice,2024-05-02T09:00:00Z,2024-05-02T08:00:00Z',
]);

function button(page, text, key) {
  return page.getByRole('button', { name: text(key), exact: true });
}

/** On the last step, the file chosen and agreed with. */
async function atImport({ page, text }, file) {
  await page.goto('/data/import');
  await chooseFile(page, text, file);
  await goOnToImport(page, text);
  await button(page, text, 'import.start').waitFor();
}

async function importsOf(program) {
  return (await program.get('/jobs')).jobs.filter(({ kind }) => kind === 'import');
}

story('a double click imports once', {}, async (scene) => {
  const { program, page, text } = scene;
  await atImport(scene, COMMANDES);
  await button(page, text, 'import.start').dblclick();
  await page
    .getByRole('main')
    .getByRole('link', { name: text('data.openMap') })
    .waitFor();
  assert.equal((await importsOf(program)).length, 1);
  assert.equal((await program.get('/logs')).logs.length, 1);
});

story('a name that another log has is refused, before and after the click', {}, async (scene) => {
  const { program, page, text } = scene;
  await program.import({ file: ORDERS, name: 'Orders' });
  await atImport(scene, ORDERS);
  const name = page.getByLabel(text('data.name'));
  assert.equal(await name.inputValue(), 'orders 2', 'a free name is suggested');
  await name.fill('ORDERS');
  await page.getByText(text('data.name.taken')).waitFor();
  assert.equal(await button(page, text, 'import.start').isEnabled(), false);

  // Somebody else takes the name, and the page has not heard of it yet: the server knows.
  await name.fill('Sales');
  const before = await program.get('/logs');
  await page.route('**/api/v1/logs', (route) => route.fulfill({ json: before }));
  await program.import({ file: ORDERS, name: 'Sales' });
  await button(page, text, 'import.start').click();
  const alert = page.getByRole('main').getByRole('alert');
  await alert.getByText(text('failure.problem.code', { code: 'log_exists' })).waitFor();
  await page.unroute('**/api/v1/logs');
  await alert.getByRole('button', { name: text('failure.retry') }).click();
  await name.fill('Sales of May');
  await startImport(page, text);
  const { logs } = await program.get('/logs');
  assert.deepEqual(logs.map((log) => log.name).sort(), ['Orders', 'Sales', 'Sales of May']);
});

story('the answer about a date can be changed', {}, async (scene) => {
  const { program, page, text } = scene;
  await page.goto('/data/import');
  await chooseFile(page, text, AMBIGUOUS);
  const title = text('import.date.question', { name: 'time' });
  const question = page.getByRole('alert').filter({ hasText: title });
  // Each answer says what it would make of a value of the file.
  await question.getByText('03/04/2024 09:00').first().waitFor();
  await question.getByText('3 Apr 2024').waitFor();
  await question.getByText('4 Mar 2024').waitFor();
  await question.getByRole('radio', { name: text('import.date.dayFirst') }).click();
  await question.waitFor({ state: 'detached' });

  // It stays with its answer, no longer as an alarm.
  const month = page.getByRole('radio', { name: text('import.date.monthFirst') });
  assert.equal(await month.getAttribute('aria-checked'), 'false');
  await month.click();
  await page.getByRole('radio', { name: text('import.date.monthFirst'), checked: true }).waitFor();
  await goOnToImport(page, text);
  await startImport(page, text);
  const { logs } = await program.get('/logs');
  assert.equal(logs[0].current.first_event_at, '2024-03-04T09:00:00Z');
});

story('what is not recognised is asked for, and chosen', {}, async (scene) => {
  const { program, page, text } = scene;
  await page.goto('/data/import');
  await chooseFile(page, text, NAMELESS);
  const next = button(page, text, 'import.next.check');
  await next.waitFor();
  const chosen = { case: 'alpha', activity: 'beta', time: 'gamma' };
  for (const role of ['case', 'activity']) {
    const field = roleField(page, text, role);
    const shown = await field.evaluate((select) => select.selectedOptions[0].textContent);
    assert.equal(shown, text('import.roles.choose'));
  }
  assert.equal(await page.getByText(text('import.roles.missing')).count(), 2);
  await page.getByText(text('import.columns.open')).waitFor();
  assert.equal(await next.isEnabled(), false);

  for (const [role, column] of Object.entries(chosen)) {
    await roleField(page, text, role).selectOption(column);
  }
  await page.getByText(text('import.roles.missing')).first().waitFor({ state: 'detached' });
  await goOnToImport(page, text);
  await startImport(page, text);
  const { cases, activities } = await program.map('1@1');
  assert.equal(cases, 1);
  assert.deepEqual(activities.map(({ activity }) => activity).sort(), ['invoice', 'order']);
});

story('after a file that cannot be used another one is chosen', {}, async (scene) => {
  const { program, page, text } = scene;
  await page.goto('/data/import');
  await chooseFile(page, text, table('empty.csv', []));
  const alert = page.getByRole('main').getByRole('alert');
  await alert.getByRole('button', { name: text('import.otherFile') }).click();
  await page.getByText(text('upload.drop')).waitFor();
  assert.equal(new URL(page.url()).searchParams.has('upload'), false);

  await chooseFile(page, text, COMMANDES);
  assert.equal(await alert.count(), 0, 'nothing is left of the other file');
  await goOnToImport(page, text);
  await startImport(page, text);
  await openMap(page, text);
  assert.equal((await program.get('/logs')).logs[0].name, 'commandes');
});

story('a reload loses nothing of what was chosen', {}, async (scene) => {
  const { program, page, text } = scene;
  await page.goto('/data/import');
  await chooseFile(page, text, COMMANDES);
  const resource = roleField(page, text, 'resource');
  await resource.waitFor();
  const before = await resource.inputValue();
  const columns = await resource.locator('option').evaluateAll((all) => all.map((o) => o.value));
  const taken = await Promise.all(
    ['case', 'activity', 'time'].map((role) => roleField(page, text, role).inputValue()),
  );
  const other = columns.find((name) => name && name !== before && !taken.includes(name));
  await resource.selectOption(other);
  await page.waitForURL((url) => url.search.includes('settings'));
  await page.reload();
  await resource.waitFor();
  assert.equal(await resource.inputValue(), other);

  const check = button(page, text, 'import.next.check');
  await check.click();
  await button(page, text, 'import.next.import').waitFor();
  await page.reload();
  await button(page, text, 'import.next.import').click();
  await button(page, text, 'import.start').waitFor();
  await page.reload();
  await startImport(page, text);

  // The job is in the address, too: what it brought is still told.
  await page.reload();
  await page
    .getByRole('main')
    .getByRole('link', { name: text('data.openMap') })
    .waitFor();
  assert.equal((await importsOf(program)).length, 1);
  const { roles } = await program.get('/logs/1/versions/1/report');
  assert.equal(roles.find(({ role }) => role === 'resource').column, other);
});

story('a file let go anywhere in the window is taken, or left alone', {}, async (scene) => {
  const { program, page, text } = scene;
  const rail = page.getByRole('navigation', { name: text('shell.main') });
  const isAtColumns = () => button(page, text, 'import.next.check').waitFor();
  await page.goto('/data');
  await page.getByText(text('data.empty.title')).waitFor();
  assert.ok(await dropBeside(page, rail, COMMANDES), 'the browser would open the file');
  await isAtColumns();

  await page.goto('/data/import');
  await page.getByText(text('upload.drop')).waitFor();
  assert.ok(await dropBeside(page, page.getByRole('banner'), COMMANDES));
  await isAtColumns();

  // In the middle of the work another file is not taken, nor opened by the browser.
  const address = page.url();
  assert.ok(await dropBeside(page, rail, AMBIGUOUS));
  await button(page, text, 'import.next.check').click();
  await button(page, text, 'import.next.import').click();
  assert.equal(await page.getByLabel(text('data.name')).inputValue(), 'commandes');
  assert.equal(new URL(page.url()).pathname, new URL(address).pathname);
  assert.deepEqual(await program.get('/logs'), { logs: [] });
});
