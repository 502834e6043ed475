// Does axe find anything on any page, in any language, light or dark? Nothing is allowed.

import assert from 'node:assert/strict';
import { openPage } from './explore.mjs';
import { openCases, openVariants } from './lists.mjs';
import { activity, mapDrawn, openMap } from './map.mjs';
import { story, testData } from './product.mjs';
import { LANGUAGES } from './texts.mjs';
import { shownIn } from './window.mjs';
import { chooseFile } from './wizard.mjs';

const SCHEMES = ['light', 'dark'];

for (const language of LANGUAGES) {
  story(`every page can be used by everybody (${language})`, { language }, async (scene) => {
    const { program, window, page, text } = scene;
    const faults = [];
    const look = async (name, options) => {
      for (const scheme of SCHEMES) {
        await page.emulateMedia({ colorScheme: scheme });
        await shownIn(page, scheme);
        const found = await window.accessibilityFaults(page, options);
        faults.push(...found.map((fault) => `${name}, ${scheme}: ${fault}`));
      }
    };
    const press = (key, values) =>
      page.getByRole('button', { name: text(key, values), exact: true }).click();

    await page.goto('/data');
    await page.getByText(text('data.empty.title')).waitFor();
    await look('no data');

    await page.goto('/data/templates#attribute-EventTime');
    await page.locator('tr[aria-current]').waitFor();
    await look('data templates');
    await page.goto('/data');
    await page.getByText(text('data.empty.title')).waitFor();

    await press('jobs.open', { count: 0 });
    await page.getByText(text('jobs.none')).waitFor();
    await look('jobs');

    await page.goto('/data/import');
    await page.getByText(text('upload.drop')).waitFor();
    await look('import, file');
    await page.evaluate(() => {
      navigator.clipboard.readText = () => Promise.reject(new Error('not allowed'));
    });
    await press('import.paste.button');
    await page.getByLabel(text('import.paste.field')).fill('no table');
    await press('import.paste.take');
    await page.getByText(text('import.paste.none')).waitFor();
    await look('import, paste');
    await chooseFile(page, text, testData('logs/csv/ambiguous-dates.csv'));
    await page.getByText(text('import.date.dayFirst')).waitFor();
    await look('import, dates');
    await page.goto('/data/import');
    await chooseFile(page, text, testData('logs/shipped/commandes.csv'));
    const next = page.getByRole('button', { name: text('import.next.check') });
    await next.waitFor();
    await look('import, columns');
    await next.click();
    const last = page.getByRole('button', { name: text('import.next.import') });
    await last.waitFor();
    await look('import, check');
    await last.click();
    await page.getByLabel(text('data.name')).waitFor();
    await look('import, name');
    await press('import.start');
    await page.getByRole('link', { name: text('import.report') }).waitFor();
    await look('import, done');
    await page.getByRole('link', { name: text('import.report') }).click();
    await page.getByText(text('report.roles')).waitFor();
    await look('report');

    const { log } = await program.demo({ deals: 100, name: 'Deals' });
    await page.goto('/data');
    await page.getByRole('rowheader', { name: 'Deals' }).waitFor();
    await look('logs');
    await press('data.actions.of', { name: 'Deals' });
    await page.getByRole('menuitem', { name: text('data.rename') }).waitFor();
    // An open menu belongs to its button, not to a landmark of the page.
    await look('actions', { except: ['region'] });
    await page.getByRole('menuitem', { name: text('data.delete'), exact: true }).click();
    await page.getByRole('dialog').waitFor();
    await look('deleting');

    await page.goto(`/data/${log}`);
    await page.getByText(text('data.retention'), { exact: true }).waitFor();
    await look('versions');

    await openMap(page, log);
    await look('map');
    await activity(page, 'Quote Issued').click();
    await page.getByRole('region', { name: 'Quote Issued', exact: true }).waitFor();
    await page.getByText(text('map.differences.selection'), { exact: true }).waitFor();
    await look('map, selection');
    await activity(page, 'Quote Issued').click({ button: 'right' });
    await page.getByRole('menuitem', { name: text('map.menu.details'), exact: true }).waitFor();
    await look('map, menu', { except: ['region'] });
    await page.keyboard.press('Escape');
    await openMap(page, log, '?metric=median&activities=100&paths=100');
    await look('map, times');
    for (const target of [
      { of: 'wait', activity: 'Quote Issued', at_most_s: 3600 },
      { of: 'path', from: 'Quote Issued', to: 'Quote Accepted', at_most_s: 3600 },
      { of: 'case', at_most_s: 86_400 },
    ]) {
      await program.post(`/logs/${log}/views`, { saved: { kind: 'target', target } });
    }
    await openMap(page, log, '?metric=median&activities=100&activity=Quote+Issued');
    await page.locator('[data-flag]').first().waitFor();
    await page.getByRole('button', { name: text('targets.change'), exact: true }).waitFor();
    await look('map, targets');
    await press('targets.change');
    await page.getByRole('textbox', { name: text('targets.unit.days') }).waitFor();
    await look('map, target');
    await page.goto(`/views/${log}`);
    await page.getByRole('table', { name: text('targets.all') }).waitFor();
    await look('targets');
    await openMap(page, log, '?metric=valueMean&activities=100');
    await look('map, values');
    await openMap(page, log, '?from=Quote Issued&to=Quote Accepted');
    const spectrum = text('map.spectrum');
    await page.getByRole('button', { name: text('map.drawer.large', { title: spectrum }) }).click();
    await page.getByRole('dialog').getByRole('table').waitFor();
    await look('map, spectrum');
    await openMap(page, log);
    for (const name of ['Quote Issued', 'Quote Accepted']) {
      await activity(page, name).click({ modifiers: ['Control'] });
    }
    await press('map.menu.groupAs');
    await page.getByRole('textbox', { name: text('map.group.name') }).waitFor();
    await look('map, group');
    await page.keyboard.press('Escape');
    await openMap(page, log, '?metric=median&activities=100&paths=100');
    await page.keyboard.press('?');
    await page.getByRole('dialog', { name: text('map.help.title') }).waitFor();
    await look('map, keys');
    await page.goto(`/map/${log}?table=true`);
    await page.getByRole('table').waitFor();
    await look('map, table');
    await page.goto(`/map/${log}`);
    await mapDrawn(page);
    await page.keyboard.press('/');
    await page.getByRole('combobox', { name: text('map.find.placeholder') }).waitFor();
    await look('map, find');

    await openPage(page, 'overview', log);
    await page.getByRole('table', { name: text('overview.waits') }).waitFor();
    await look('overview');
    await openPage(page, 'funnel', log, { ends: ['Opportunity Lost'], cohort: '2023-06-01' });
    await page.locator('[data-stage]').first().click();
    await press('funnel.stages.change');
    await look('funnel');
    await page.goto(`/funnel/${log}?table=true`);
    await page.getByRole('table', { name: text('funnel.picture') }).waitFor();
    await look('funnel, table');

    await openVariants(page, log, '?ranks=[2,9]&fold=true');
    await page.locator('[data-path]').first().click();
    await look('variants');
    await openCases(page, log);
    await look('cases');
    await press('cases.columns');
    await page.getByRole('searchbox', { name: text('cases.columns.search') }).waitFor();
    // What is open belongs to its button, not to a landmark of the page.
    await look('cases, columns', { except: ['region'] });
    await page.keyboard.press('Escape');
    await page.locator('[data-case]').first().click();
    await page.getByRole('complementary').locator('svg circle').first().waitFor();
    await look('case');
    await press('case.wide');
    await page.waitForURL(/wide=true/);
    await look('case, wide');

    await page.goto('/nowhere');
    await page.getByRole('heading', { name: text('missing.title') }).waitFor();
    await look('missing');
    window.provokes('404');
    await page.goto('/data/99');
    await page.getByRole('main').getByRole('alert').waitFor();
    await look('failure');

    assert.deepEqual(faults, []);
  });
}
