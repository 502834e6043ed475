import { screen, within } from '@testing-library/react';
import { expect, test } from 'vitest';
import type { MapAnswer } from '../../api/overview';
import { answering, filtersOf, golden, reply, shown } from '../explore/testing';
import { OverviewView } from './OverviewView';
import { longestWaits, onMap } from './waits';

interface Golden {
  tiles: { id: string; answer: unknown; problem?: unknown }[];
}

const map = golden<Golden>('overview').tiles.find((one) => one.id === 'map')?.answer as MapAnswer;

test('every figure leads to what it counts', async () => {
  answering(() => golden('overview'));
  shown(OverviewView, {});
  const size = await screen.findByRole('list', { name: 'Size of the log' });
  expect(within(size).getByRole('link', { name: '4 cases: show' }).textContent).toBe('4');
  await within(size).findByRole('link', { name: '3 people, teams or systems: show' });

  const happy = screen.getByRole('region', { name: 'Most frequent path' });
  const same = await within(happy).findByRole('link', { name: '2 cases' });
  expect(filtersOf(same)).toEqual([{ kind: 'variant', ids: [expect.any(String)] }]);
  const steps = within(happy).getAllByRole('listitem');
  expect(steps.map((one) => one.textContent)).toEqual([
    'Créer la commande',
    'Vérifier le stock',
    'Expédier',
    'Facturer',
    'Encaisser',
  ]);

  const waits = screen.getByRole('table', { name: 'Where time goes' });
  const [, first] = within(waits).getAllByRole('row');
  // 1,038 h + 1,008 h + 1,238 h: the invoices wait longest.
  const path = within(first as HTMLElement).getByRole('link', { name: 'Facturer → Encaisser' });
  expect(path.getAttribute('href')).toContain('metric=total');
  const refused = await screen.findByRole('link', { name: '2 rows of 20 read' });
  expect(refused.getAttribute('href')).toBe('/data/1/versions/1');
  const changes = await screen.findByRole('region', { name: 'What changed' });
  expect(changes.textContent).toContain('1 new, 1 changed, 0 gone');
});

test('what the log cannot tell says which column it needs', async () => {
  answering(() => golden('overview'));
  const schema = { ...golden<object>('schema'), resource: null };
  const answer = globalThis.fetch;
  globalThis.fetch = async (url, init) =>
    String(url).endsWith('/schema') ? reply(schema) : answer(url, init);
  shown(OverviewView, {});
  await screen.findByText('Cannot be computed: it takes a column that says who did what');
});

test('a card whose answer did not come fails alone', async () => {
  const problem = { code: 'over_limit', title: 'Too much', detail: 'Too many paths.' };
  const whole = golden<Golden>('overview');
  const tiles = whole.tiles.map((one) =>
    one.id === 'map' ? { ...one, answer: undefined, problem } : one,
  );
  answering(() => ({ ...whole, tiles }));
  shown(OverviewView, {});
  const card = await screen.findByRole('region', { name: 'Where time goes' });
  expect((await within(card).findByRole('alert')).textContent).toContain('Too many paths.');
  expect(screen.getAllByRole('alert')).toHaveLength(1);
  await within(screen.getByRole('region', { name: 'Most frequent path' })).findByText(/2 cases/);
});

test('the number of activities says how many the map leaves out, and why', async () => {
  const whole = golden<Golden>('overview');
  const note = { activity: 'Note', auxiliary: true, events: 7 };
  const left_out = [note, { ...note, activity: 'Call', events: 5 }];
  const tiles = whole.tiles.map((one) =>
    one.id === 'map' ? { ...one, answer: { ...map, left_out } } : one,
  );
  answering(() => ({ ...whole, tiles }));
  shown(OverviewView, {});
  const size = await screen.findByRole('list', { name: 'Size of the log' });
  await within(size).findByText(/^2 of them auxiliary: .* leaves out their 12 events at first$/);
});

test('the longest waits are sums, and the map says the same of them: it shows all activities', () => {
  const [first] = longestWaits(map);
  expect(first).toMatchObject({ from: 'Facturer', to: 'Encaisser' });
  const totals = longestWaits(map).map((one) => one.duration_s?.total ?? 0);
  expect(totals).toEqual([...totals].sort((left, right) => right - left));
  const [activity] = map.activities;
  // Neither end is hidden: a path between them would still skip `c`, and be of more cases.
  const hidden = {
    ...map,
    activities: [{ ...activity, activity: 'c', shown: false, shown_from: 70 }],
  } as MapAnswer;
  const path = { ...first, from: 'a', to: 'b', shown: false } as typeof first;
  if (!path) throw new Error('the golden answer has no wait');
  expect(onMap(hidden, path)).toEqual({
    from: 'a',
    to: 'b',
    metric: 'total',
    activities: 100,
    paths: 100,
  });
  expect(onMap(map, { ...path, shown: true })).toEqual({ from: 'a', to: 'b', metric: 'total' });
});
