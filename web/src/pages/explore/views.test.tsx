import { cleanup, fireEvent, screen, waitFor, within } from '@testing-library/react';
import { expect, test, vi } from 'vitest';
import { DottedView } from '../dotted/DottedView';
import { FunnelView } from '../funnel/FunnelView';
import { OverviewView } from '../overview/OverviewView';
import { PeopleView } from '../people/PeopleView';
import type { PeopleSearch } from '../people/search';
import { ReworkView } from '../rework/ReworkView';
import { ThroughputView } from '../throughput/ThroughputView';
import { type Asked, answering, filtersOf, golden, reply, shown } from './testing';

// Whole pages with all their parts: on two busy cores one test took 6 s of the usual 5.
vi.setConfig({ testTimeout: 20_000 });

const PAGES = [
  ['overview', OverviewView, 'Overview'],
  ['funnel', FunnelView, 'Funnel'],
  ['throughput', ThroughputView, 'Throughput'],
  ['rework', ReworkView, 'Rework'],
  ['handovers', PeopleView, 'People'],
  ['dotted', DottedView, 'Dotted chart'],
] as const;

/** The empty answer, with the names of the tiles that were asked. */
function nothing({ filters, tiles }: Asked): object {
  const none = golden<{ filters: unknown[]; tiles: { question: string }[] }>('none');
  const answerOf = (question: string) => none.tiles.find((one) => one.question === question);
  return {
    ...none,
    filters: none.filters.slice(0, filters.length),
    tiles: tiles.map(({ id, question }) => ({ ...answerOf(question), id })),
  };
}

/** How many cases are left: none, where the case is asked for that is not in the log. */
function sizesWithout({ tiles }: Asked): object {
  const all = golden<{ total: object }>('sizes');
  const left = (filters: unknown[] = []) =>
    JSON.stringify(filters).includes('nowhere') ? { cases: 0, events: 0 } : all.total;
  return {
    ...all,
    tiles: tiles.map(({ id, question, filters }) => ({ id, question, size: left(filters) })),
  };
}

test.each(PAGES)('%s: filters that leave no case can be taken back', async (_, View, title) => {
  answering(nothing, sizesWithout);
  const nowhere = { kind: 'case_ids', ids: ['nowhere'] };
  const { search } = shown(View as never, { filters: [{ kind: 'repeats' }, nowhere] });
  const state = (await screen.findByText('No case matches these 2 filters')).closest('section');
  expect(screen.getByRole('heading', { level: 1 }).textContent).toBe(title);
  const { findByText, findByRole } = within(state as HTMLElement);
  await findByText('Without “Case nowhere”, 4 cases would be left.');
  fireEvent.click(await findByRole('button', { name: 'Remove “Case nowhere”' }));
  await waitFor(() => expect(search()).toMatchObject({ filters: [{ kind: 'repeats' }] }));
  await screen.findByText('No case matches this filter');
  fireEvent.click(screen.getAllByRole('button', { name: 'Undo' }).at(-1) as HTMLElement);
  await screen.findByText('No case matches these 2 filters');
});

test.each(PAGES)('%s: what failed is said, and tried again', async (name, View) => {
  let fails = true;
  const problem = {
    code: 'invalid_filter',
    title: 'The filter is not valid',
    detail: 'There is no activity "Dormir".',
    category: 'usage',
  };
  answering(() => (fails ? reply(problem, 400) : golden(name)));
  shown(View as never, { filters: [{ kind: 'repeats', activity: 'Dormir' }] });
  const alert = await screen.findByRole('alert');
  expect(alert.textContent).toContain('There is no activity "Dormir".');
  fails = false;
  fireEvent.click(within(alert).getByRole('button', { name: 'Try again' }));
  await waitFor(() => expect(screen.queryByRole('alert')).toBeNull());
});

test('throughput: figures say of how many cases they are, and lead to them', async () => {
  const questions = answering(() => golden('throughput'));
  shown(ThroughputView, { by: 'Région', tables: ['durations', 'time'] });
  await screen.findByText(/or less up to the last event; the longest took/);
  expect(questions[0]?.tiles).toEqual([
    { id: 'all', question: 'throughput', params: { by: 'Région' } },
  ]);
  // 15.5 h, 43 d 1 h, 57 d 1.5 h, 85 d 2 h: the median is 50 d 1 h 15 min.
  const figures = screen.getByRole('table', { name: 'Key figures of the durations' });
  const row = within(figures).getByRole('row', { name: /Median/ });
  expect(row.textContent).toContain('50 days');

  const groups = screen.getByRole('region', { name: 'Durations by Région' });
  // One or two cases each: shown, and marked.
  expect(within(groups).getAllByText('Few cases')).toHaveLength(3);
  const north = within(groups).getByRole('link', { name: '2 cases: Nord' });
  expect(filtersOf(north)).toEqual([
    { kind: 'attribute_in', attribute: 'Région', level: 'case', values: ['Nord'] },
  ]);
});

test('throughput: of one case, and of equal ones, no halves and tenths are told', async () => {
  const same = (seconds: number) =>
    Object.fromEntries(
      ['min', 'p25', 'mean', 'median', 'p75', 'p90', 'p95', 'max'].map((key) => [key, seconds]),
    );
  const told = async (cases: number, figures: object) => {
    const answer = golden<{ tiles: { answer: { completed: number; duration_s: object } }[] }>(
      'throughput',
    );
    for (const { answer: one } of answer.tiles) {
      one.completed = cases;
      one.duration_s = { ...one.duration_s, ...figures };
    }
    answering(() => answer);
    shown(ThroughputView, {});
    const said = (await screen.findByText(/took|so that there is no/)).textContent;
    cleanup();
    return said;
  };
  expect(await told(1, same(345_600))).toBe(
    'The only case took exactly 4 days up to the last event.',
  );
  expect(await told(1_000, same(345_600))).toBe(
    'Each of the 1,000 cases took exactly 4 days up to the last event.',
  );
  expect(await told(25, same(0))).toBe(
    'All 25 cases end at the moment of the first event, so that there is no duration to tell.',
  );
  expect(await told(1_000, {})).toMatch(/or less up to the last event; one in ten took longer/);
});

test('throughput: a marked range becomes a filter', async () => {
  answering(() => golden('throughput'));
  const { search } = shown(ThroughputView, { from: 0, to: 432_000, tables: ['durations'] });
  await screen.findByText(/^1 case takes from 0 days to 5 days/);
  fireEvent.click(screen.getByRole('button', { name: 'Keep only these cases' }));
  expect(JSON.parse(JSON.stringify(search()))).toEqual({
    tables: ['durations'],
    filters: [{ kind: 'duration', max_s: 431_999.999999 }],
  });
});

test('throughput: open cases are shown apart once ends are declared', async () => {
  const questions = answering(() => golden('throughput-ends'));
  shown(ThroughputView, { ends: ['Facturer'] });
  const card = await screen.findByRole('region', { name: 'Cases still open' });
  const without = { kind: 'activity_not_contains', activities: ['Facturer'] };
  expect(questions[0]?.tiles.map((one) => one.filters)).toEqual([undefined, [without]]);
  // D-1003 was cancelled, and never invoiced.
  expect(card.textContent).toContain('1 case of 4 (25%)');
  expect(filtersOf(within(card).getByRole('link', { name: '1 case' }))).toEqual([without]);
  const oldest = within(card).getByRole('link', { name: 'D-1003' });
  expect(oldest.getAttribute('href')).toContain('case=D-1003');
  // It started on 31 January at 17:45 and the data ends on 2 April at 10:00: 61 d 16 h 15 min.
  expect(within(card).getByRole('row', { name: /Median/ }).textContent).toContain(
    '61 days, 16 hrs',
  );
});

test('throughput: what the log does not have is not asked, and named', async () => {
  const questions = answering(() => golden('throughput'));
  shown(ThroughputView, { by: 'Montant', ends: ['Dormir'] });
  const note = await screen.findByText(/Parts of the address were ignored/);
  expect(note.textContent).toContain('ends, by');
  await screen.findByText(/or less up to the last event/);
  expect(questions[0]?.tiles).toHaveLength(1);
  expect(questions[0]?.tiles[0]?.params).toEqual({});
});

test('rework: a click on an activity shows it and its cases', async () => {
  answering(() => golden('rework'));
  const { search } = shown(ReworkView, {});
  fireEvent.click(await screen.findByRole('button', { name: 'Vérifier le stock' }));
  expect(search()).toMatchObject({ activity: 'Vérifier le stock' });
  const card = await screen.findByRole('region', { name: 'Vérifier le stock' });
  expect(card.textContent).toContain('Repeated in 1 of 3 cases that have it');
  const links = within(card).getAllByRole('link');
  expect(filtersOf(links[1] as HTMLElement)).toEqual([
    {
      kind: 'follows',
      from: ['Vérifier le stock'],
      to: ['Vérifier le stock'],
      mode: 'directly',
    },
  ]);
  fireEvent.click(within(card).getByRole('button', { name: 'Keep cases without' }));
  expect(search()).toMatchObject({
    filters: [{ not: { kind: 'repeats', activity: 'Vérifier le stock' } }],
  });
});

test('rework: an activity that the log does not repeat is named as ignored', async () => {
  answering(() => golden('rework'));
  shown(ReworkView, { activity: 'Dormir' });
  expect((await screen.findByText(/Part of the address was ignored/)).textContent).toContain(
    'activity',
  );
});

test('people: a cell of the matrix shows its pair; arrow keys move', async () => {
  answering(() => golden('handovers'));
  const { search } = shown(PeopleView, {});
  const cell = await screen.findByRole('button', { name: /^Amélie to Benoît: 3 handovers/ });
  fireEvent.click(cell);
  expect(search()).toMatchObject({ from: 'Amélie', to: 'Benoît' });
  const card = await screen.findByRole('region', { name: 'Amélie → Benoît' });
  expect(card.textContent).toContain('Work that changes hands');

  cell.focus();
  fireEvent.keyDown(cell, { key: 'ArrowLeft' });
  expect(document.activeElement?.getAttribute('aria-label')).toMatch(/^Amélie to Amélie/);
  // One cell is in the order of Tab.
  expect(document.querySelectorAll('[data-cell][tabindex="0"]')).toHaveLength(1);
});

test('people: a pair becomes a filter', async () => {
  answering(() => golden('handovers'));
  const { search } = shown<PeopleSearch>(PeopleView, { from: 'Amélie', to: 'Benoît' });
  const card = await screen.findByRole('region', { name: 'Amélie → Benoît' });
  fireEvent.click(within(card).getByRole('button', { name: 'Keep only these cases' }));
  const filter = { kind: 'handover', attribute: 'Ressource', from: ['Amélie'], to: ['Benoît'] };
  await waitFor(() => expect(search()).toMatchObject({ filters: [filter] }));
  const link = () => within(card).getByRole('link', { name: 'Show these cases' });
  await waitFor(() => expect(filtersOf(link())).toEqual([filter, filter]));
});

test('people: the workload by period and by hour, walked by arrow keys', async () => {
  const questions = answering(() => golden('workload'));
  const { search } = shown<PeopleSearch>(PeopleView, { show: 'workload' });
  const periods = await screen.findByRole('region', { name: 'Work over time' });
  expect(questions[0]?.tiles[0]?.params).toEqual({
    attribute: 'Ressource',
    period: 'month',
    limit: 15,
    hours: true,
  });
  const cell = within(periods).getAllByRole('button', { name: /^Amélie, / })[0] as HTMLElement;
  fireEvent.click(cell);
  await within(periods).findByRole('link', { name: /event in this period/ });
  expect(search()).toMatchObject({ who: 'Amélie' });
  cell.focus();
  fireEvent.keyDown(cell, { key: 'ArrowDown' });
  expect(document.activeElement?.getAttribute('aria-label')).toMatch(/^(Benoît|Chloé), /);
  const hours = screen.getByRole('region', { name: 'Weekdays and hours' });
  expect(within(hours).getAllByRole('columnheader')).toHaveLength(24);
});

test('people: who is not known is nobody, in the headline and in the list', async () => {
  answering(() => withUnknown('workload'));
  shown<PeopleSearch>(PeopleView, { show: 'workload' });
  const said = await screen.findByText(/do not say who did them/);
  expect(said.textContent).toMatch(/^3 people, teams or systems take part in 18 events; 2 of them/);
  cleanup();
  answering(() => withUnknown('handovers'));
  const { search } = shown<PeopleSearch>(PeopleView, {});
  expect(await screen.findByText(/^3 of 3, most cases first; “Unknown” is not/)).toBeTruthy();
  const cell = screen.getByRole('button', { name: /^Unknown to Unknown: 2 steps .* not say who/ });
  expect(cell.closest('td')?.dataset.same).toBeUndefined();
  expect(screen.getByText('Both unknown: not coloured')).toBeTruthy();
  fireEvent.click(cell);
  expect(search()).toMatchObject({ from: null, to: null });
  const pair = await screen.findByRole('region', { name: 'Unknown → Unknown' });
  expect(pair.textContent).toContain('Neither of the two events says who did it');
});

/** The golden answer of three people, with two events of nobody known. */
function withUnknown(name: 'workload' | 'handovers') {
  const answer = golden<{ tiles: { answer: Record<string, object[] | number> }[] }>(name);
  for (const { answer: one } of answer.tiles) {
    one.resource_total = 4;
    one.missing_events = 2;
    const unknown = { resource: null, events: 2, cases: 1, share: 0.1, periods: [], hours: [] };
    one.resources = [...(one.resources as object[]), unknown];
    const pair = { same: false, handovers: 2, cases: 1, wait_s: null, overlaps: 0 };
    if (name === 'handovers') {
      one.pairs = [...(one.pairs as object[]), { from: null, to: null, ...pair, overlap_s: 0 }];
    }
  }
  return answer;
}

test('people: a log that does not say who says so', async () => {
  answering(() => golden('handovers'));
  const schema = { ...golden<object>('schema'), resource: null };
  const answer = globalThis.fetch;
  globalThis.fetch = async (url, init) =>
    String(url).endsWith('/schema') ? reply(schema) : answer(url, init);
  const { search } = shown(PeopleView, {});
  await screen.findByText('This log does not say who did what');
  fireEvent.click(screen.getByRole('combobox'));
  fireEvent.click(await screen.findByText('Ressource'));
  expect(search()).toMatchObject({ attribute: 'Ressource' });
  await screen.findByRole('button', { name: /^Amélie to Benoît/ });
});

test('dotted: the legend counts dots and highlights; the table has the cases', async () => {
  answering(() => golden('dotted'));
  const { search } = shown(DottedView, {});
  const key = await screen.findByRole('button', { name: /^Créer la commande/ });
  expect(key.textContent).toBe('Créer la commande4');
  fireEvent.click(key);
  expect(search()).toMatchObject({ highlight: 'Créer la commande' });
  fireEvent.click(screen.getByRole('button', { name: 'What happens when: show as a table' }));
  const rows = await screen.findAllByRole('row');
  expect(rows[1]?.textContent).toContain('D-1001');
  expect(
    within(rows[1] as HTMLElement)
      .getByRole('link')
      .getAttribute('href'),
  ).toContain('case=D-1001');
});
