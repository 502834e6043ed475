import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import { beforeEach, expect, test, vi } from 'vitest';
import { answering, filtersOf, golden, shown } from '../explore/testing';
import { FunnelView } from './FunnelView';

// Whole pages with all their parts: on two busy cores one test took 3.8 s of the usual 5.
vi.setConfig({ testTimeout: 20_000 });

const ROAD = ['Créer la commande', 'Vérifier le stock', 'Expédier', 'Facturer', 'Encaisser'];
const STAGES = ROAD.map((name) => ({ activities: [name] }));
/** Nothing is laid out in a test: the page is as wide as this says. */
class Wide {
  constructor(private readonly onSize: () => void) {}
  observe() {
    this.onSize();
  }
  unobserve() {}
  disconnect() {}
}

beforeEach(() => {
  vi.stubGlobal('ResizeObserver', Wide);
  vi.spyOn(HTMLElement.prototype, 'offsetWidth', 'get').mockReturnValue(700);
});

function picture(): Promise<HTMLElement> {
  return screen.findByRole('group', { name: /^5 stages from top to bottom/ });
}

test('figures of a stage lead to its cases, and become filters', async () => {
  const questions = answering(() => golden('funnel'));
  const { search } = shown(FunnelView, {});
  const drawing = await picture();
  expect(questions[0]?.tiles).toEqual([
    {
      id: 'all',
      question: 'funnel',
      params: { stages: STAGES, order: 'strict', cohorts: 'month' },
    },
  ]);
  const bars = within(drawing).getAllByRole('button');
  expect(bars[0]?.getAttribute('aria-label')).toBe(
    'Créer la commande: 4 cases, 100% of the first stage. 1 does not reach “Vérifier le stock”.',
  );
  // The only stage at which a case stops is looked at before somebody chooses.
  const detail = screen.getByRole('region', { name: 'Créer la commande' });
  expect(detail.textContent).toContain(
    'this is the one after which most cases do not reach the next',
  );
  const next = within(detail).getByRole('table', { name: 'What comes next instead' });
  const cancelled = within(next).getByRole('link', { name: '1 case: Annuler la commande' });
  const place = { kind: 'funnel_place', stages: STAGES, place: 'stopped', stage: ROAD[0] };
  expect(filtersOf(cancelled)).toEqual([{ ...place, next: ['Annuler la commande'] }]);
  fireEvent.click(
    within(detail).getByRole('button', { name: 'Keep only cases that do not reach the next one' }),
  );
  expect(search()).toMatchObject({ filters: [place] });
});

/** The golden answer with other figures at its last stage. */
function withLast(order: 'strict' | 'any', change: object, first: object = {}) {
  const answer = golden<{ tiles: { answer: { order: string; stages: object[] } }[] }>('funnel');
  for (const { answer: one } of answer.tiles) {
    one.order = order;
    Object.assign(one.stages[0] as object, first);
    Object.assign(one.stages[4] as object, change);
  }
  return answer;
}

test('the headline says what strict order leaves out, and how many come this far at all', async () => {
  const figures = { cases: 1, from_start: 0.25, at_all: 3, at_all_from_start: 0.75 };
  answering(() => withLast('strict', figures));
  shown(FunnelView, {});
  const said = await screen.findByText(/With stages skipped or in another order/);
  expect(said.textContent).toBe(
    'Of 4 cases that reach “Créer la commande”, 25% come to “Encaisser” stage by stage in this ' +
      'order, none skipped. With stages skipped or in another order, 75% reach it in all: 3 cases.',
  );
  expect(filtersOf(within(said).getByRole('link', { name: '3 cases' }))).toEqual([
    { kind: 'activity_contains', activities: [ROAD[0]] },
    { kind: 'activity_contains', activities: [ROAD[4]] },
  ]);
  expect(screen.getByText(/One that skips a stage counts up to the stage before it/)).toBeTruthy();
});

test('in any order nothing is left out', async () => {
  answering(() => withLast('any', {}));
  shown(FunnelView, { order: 'any' });
  const said = await screen.findByText(/in whatever order/);
  expect(said.textContent).toBe(
    'Of 4 cases that reach “Créer la commande”, 75% reach “Encaisser”, in whatever order.',
  );
});

test('cases that skip a stage are told from those that have no later one', async () => {
  const drop_off = { cases: 3, open: null, ended: null, later: 2, nothing_later: 1, next: [] };
  answering(() => withLast('strict', {}, { drop_off }));
  shown(FunnelView, {});
  const detail = await screen.findByRole('region', { name: 'Créer la commande' });
  expect(detail.textContent).toContain(
    'They have not all stopped: 2 of them have a later stage all the same, skipping “Vérifier le ' +
      'stock” or in another order; 1 has none.',
  );
  const stopped = { kind: 'funnel_place', stages: STAGES, place: 'stopped', stage: ROAD[0] };
  const activities = ROAD.slice(1);
  const later = within(detail).getByRole('link', { name: /^2 cases: Have a later stage/ });
  expect(filtersOf(later)).toEqual([stopped, { kind: 'activity_contains', activities }]);
  const none = within(detail).getByRole('link', { name: '1 case: Have no later stage' });
  expect(filtersOf(none)).toEqual([stopped, { kind: 'activity_not_contains', activities }]);
});

test('what a sum of money is of is said where it stands', async () => {
  answering(() => withLast('strict', { values: [{ currency: 'EUR', total: 144e6, cases: 3 }] }));
  shown(FunnelView, { value: 'Montant' });
  await screen.findByText(/Sums of Montant: of each case the value known when it reached/);
  expect(screen.getByText('Montant when reaching it')).toBeTruthy();
});

test('of one case there is no share', async () => {
  answering(() => withLast('strict', { cases: 0, from_start: 0, at_all: 0 }, { cases: 1 }));
  shown(FunnelView, {});
  const said = await screen.findByText(/The only case that reaches/);
  expect(said.textContent).toBe(
    'The only case that reaches “Créer la commande” does not come to “Encaisser” stage by stage ' +
      'in this order, none skipped.',
  );
});

test('of one stage there is nothing to come to', async () => {
  const answer = golden<{ tiles: { answer: { stages: object[] } }[] }>('funnel');
  for (const { answer: one } of answer.tiles) one.stages = one.stages.slice(4);
  answering(() => answer);
  shown(FunnelView, { stages: STAGES.slice(4) });
  const said = await screen.findByText(/the only stage/);
  expect(said.textContent).toBe('3 cases reach “Encaisser”, the only stage.');
});

test('stages are walked with the arrow keys and chosen with Enter', async () => {
  answering(() => golden('funnel'));
  const { search } = shown(FunnelView, {});
  const drawing = await picture();
  const bars = within(drawing).getAllByRole('button');
  bars[0]?.focus();
  fireEvent.keyDown(bars[0] as HTMLElement, { key: 'ArrowDown' });
  expect(document.activeElement).toBe(bars[1]);
  fireEvent.keyDown(bars[1] as HTMLElement, { key: 'Enter' });
  expect(search()).toMatchObject({ stage: 'Vérifier le stock' });
  const detail = await screen.findByRole('region', { name: 'Vérifier le stock' });
  expect(detail.textContent).toContain('All of them reach “Expédier”.');
  expect(detail.textContent).toContain('75%');
});

test('what is open is told apart, and a month is compared with an earlier one', async () => {
  const questions = answering(() => golden('funnel-months'));
  const start = { ends: ['Encaisser'], cohort: '2024-02-01', against: '2024-01-01', table: true };
  shown(FunnelView, start as object);
  const table = await screen.findByRole('table', { name: 'From stage to stage' });
  const period = (from: string, to: string) => [{ kind: 'period', mode: 'starts', from, to }];
  expect(questions[0]?.tiles.map((one) => one.filters)).toEqual([
    undefined,
    period('2024-02-01', '2024-03-01'),
    period('2024-01-01', '2024-02-01'),
  ]);
  expect(questions[0]?.tiles[1]?.params).toMatchObject({ ends: ['Encaisser'] });
  const [, first] = within(table).getAllByRole('row');
  // The only case of February; of those of January, three of three.
  const cells = within(first as HTMLElement).getAllByRole('cell');
  expect(cells.map((one) => one.textContent)).toEqual(expect.arrayContaining(['1', '3']));
  // Each leads to the cases of its own period.
  const [link, earlier] = within(first as HTMLElement).getAllByRole('link');
  const reached = { kind: 'funnel_place', stages: STAGES, place: 'reached', stage: ROAD[0] };
  expect(filtersOf(link as HTMLElement)).toEqual([...period('2024-02-01', '2024-03-01'), reached]);
  expect(filtersOf(earlier as HTMLElement)).toEqual([
    ...period('2024-01-01', '2024-02-01'),
    reached,
  ]);
  const months = screen.getByRole('region', { name: 'How far cases come, by month of start' });
  expect(filtersOf(within(months).getByRole('link', { name: '3 cases: Jan 2024' }))).toEqual(
    period('2024-01-01', '2024-02-01'),
  );
});

test('stages are removed, put in order and taken back', async () => {
  const questions = answering(() => golden('funnel'));
  const { search } = shown(FunnelView, {});
  fireEvent.click(await screen.findByRole('button', { name: 'Change stages' }));
  fireEvent.click(screen.getByRole('button', { name: 'Remove “Expédier”' }));
  const four = STAGES.filter((one) => one.activities[0] !== 'Expédier');
  expect(search()).toMatchObject({ stages: four });
  await waitFor(() => expect(questions).toHaveLength(2));
  fireEvent.click(await screen.findByRole('button', { name: 'Move “Facturer” forward' }));
  expect(search()).toMatchObject({ stages: [four[0], four[2], four[1], four[3]] });
  fireEvent.click(await screen.findByRole('button', { name: 'Back to the main road' }));
  expect(JSON.parse(JSON.stringify(search()))).toEqual({});
});

test('what the log does not have is named, and not asked', async () => {
  const questions = answering(() => golden('funnel'));
  const stages = [{ activities: ['Dormir'] }];
  shown(FunnelView, { stages, value: 'Région', ends: ['Rêver'] });
  const note = await screen.findByText(/Parts of the address were ignored/);
  expect(note.textContent).toContain('stages, ends, value');
  await picture();
  expect(questions[0]?.tiles[0]?.params).toEqual({
    stages: STAGES,
    order: 'strict',
    cohorts: 'month',
  });
});
