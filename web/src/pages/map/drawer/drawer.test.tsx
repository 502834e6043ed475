import { fireEvent, screen, within } from '@testing-library/react';
import { beforeEach, expect, test, vi } from 'vitest';
import type { DifferencesAnswer, MapScope, NeighboursAnswer } from '../../../api/drawer';
import type { MapGraph, MapItem } from '../../../pictures/process-map/graph';
import { PageCases } from '../../explore/CasesLink';
import { answering, filtersOf, golden, shown } from '../../explore/testing';
import { Drawer } from './Drawer';

const ACTIVITY: MapItem = { kind: 'activity', activity: 'Vérifier le stock' };
const PATH: MapItem = { kind: 'path', from: 'Créer la commande', to: 'Vérifier le stock' };
const SCOPE: MapScope = { version: '1@1', filters: [], activities: null, auxiliary: false };
const GRAPH = golden<{ tiles: { answer: MapGraph }[] }>('map').tiles[0]?.answer as MapGraph;
const tileOf = <T,>(name: string) => golden<{ tiles: { answer: T }[] }>(name).tiles[0]?.answer as T;

/** Pictures are drawn once their room is known: here everything is 280 wide. */
beforeEach(() => {
  vi.stubGlobal(
    'ResizeObserver',
    class {
      readonly #changed: () => void;
      constructor(changed: () => void) {
        this.#changed = changed;
      }
      observe() {
        this.#changed();
      }
      unobserve() {}
      disconnect() {}
    },
  );
  vi.spyOn(HTMLElement.prototype, 'offsetWidth', 'get').mockReturnValue(280);
});

function drawerOf(item: MapItem, differences?: unknown) {
  const [onSelect, onFilter] = [vi.fn(), vi.fn()];
  const asked = answering(({ tiles }) => {
    const question = tiles[0]?.question ?? '';
    return (question === 'differences' && differences) || golden(question);
  });
  const attributes = [{ name: 'Montant', type: 'number' } as const];
  shown(
    () => (
      <PageCases value={{ log: 1, version: undefined, filters: [] }}>
        <Drawer
          log={1}
          graph={GRAPH}
          scope={SCOPE}
          timeZone="UTC"
          {...{ item, attributes, onSelect, onFilter }}
        />
      </PageCases>
    ),
    {},
  );
  return { asked, onSelect, onFilter };
}

function partOf(title: string): HTMLElement {
  const heading = screen.getByRole('heading', { name: title });
  return heading.closest('details') as HTMLElement;
}

test('every part asks for itself, under the filters of the map', async () => {
  const { asked } = drawerOf(PATH);
  await screen.findByRole('heading', { name: 'Comes from' });
  const questions = asked.map(({ tiles }) => tiles[0]?.question);
  expect(questions.sort()).toEqual(['differences', 'map', 'neighbours', 'spectrum']);
  const neighbours = asked.find(({ tiles }) => tiles[0]?.question === 'neighbours');
  expect(neighbours?.tiles[0]?.params).toMatchObject({
    path: { from: 'Créer la commande', to: 'Vérifier le stock' },
    months: 12,
  });
});

test('the bars are those of the answer, and each leads on', async () => {
  const { onSelect, onFilter } = drawerOf(ACTIVITY);
  await screen.findByRole('heading', { name: 'Comes from' });
  const { comes_from } = tileOf<NeighboursAnswer>('neighbours');
  const before = within(partOf('Comes from'));
  for (const one of comes_from.activities) {
    const isSame = one.activity === 'Vérifier le stock';
    const name = isSame ? 'repeats itself' : one.activity;
    const share = new RegExp(`${name}.*${Math.round((one.share ?? 0) * 100)}%`);
    const bar = before.getByRole('button', { name: share });
    fireEvent.click(bar);
    expect(onSelect).toHaveBeenLastCalledWith({
      kind: 'path',
      from: one.activity,
      to: 'Vérifier le stock',
    });
  }
  const [first] = comes_from.activities;
  const follows = {
    kind: 'follows',
    from: [first?.activity],
    to: ['Vérifier le stock'],
    mode: 'directly',
  };
  fireEvent.click(
    before.getByRole('button', { name: `Keep only these cases: ${first?.activity}` }),
  );
  expect(onFilter).toHaveBeenCalledWith(follows);
  const link = before.getByRole('link', { name: `${first?.cases} cases: ${first?.activity}` });
  expect(filtersOf(link)).toEqual([follows]);
});

test('few cases are marked, and nothing is ranked where a side has few', async () => {
  const { onFilter } = drawerOf(ACTIVITY);
  const answer = tileOf<DifferencesAnswer>('differences');
  const base = `${answer.selection} cases with it, ${answer.rest} case without.`;
  await screen.findByText(new RegExp(`^${base} One side has fewer than 30 cases`));
  const differences = within(partOf('How its cases differ'));
  const rows = differences.getAllByRole('button', { name: /^Keep only the cases with Ressource:/ });
  expect(rows[0]?.textContent).toContain('few cases');
  fireEvent.click(rows[0] as HTMLElement);
  const value = answer.attributes.find((one) => one.name === 'Ressource')?.values[0]?.value;
  expect(onFilter).toHaveBeenCalledWith({
    kind: 'attribute_in',
    attribute: 'Ressource',
    level: 'event',
    values: [value],
  });
});

test('what tells the sides apart comes last and is said, what does not differ is left out', async () => {
  const whole = golden<{ tiles: { answer: DifferencesAnswer }[] }>('differences');
  const [tile] = whole.tiles;
  const answer = tile?.answer;
  const [attribute] = answer?.attributes ?? [];
  const [value] = attribute?.values ?? [];
  const some = (name: string, difference: number) => ({
    ...attribute,
    name,
    type: 'text',
    largest: Math.abs(difference),
    values: [{ ...value, from: undefined, to: undefined, value: name, few: false, difference }],
  });
  const attributes = [some('Region', 0.2), some('System', 0.0002), some('Stage', 0.97)];
  const told = { ...whole, tiles: [{ ...tile, answer: { ...answer, attributes } }] };
  drawerOf(ACTIVITY, told);
  await screen.findByText(/^These tell the two nearly or entirely apart/);
  const differences = partOf('How its cases differ');
  const said = [...differences.querySelectorAll('h4, p')].map((one) => one.textContent ?? '');
  const rest = said.slice(said.indexOf('Region'));
  expect(rest).toEqual(['Region', expect.stringMatching(/^These tell the two nearly/), 'Stage']);
});

test('the spectrum of a path has a table twin that leads to its cases', async () => {
  drawerOf(PATH);
  const title = 'Performance spectrum';
  await screen.findByRole('img', { name: /^Performance spectrum from Créer la commande/ });
  fireEvent.click(screen.getByRole('button', { name: `${title}: show as a table` }));
  const table = within(partOf(title)).getByRole('table');
  const links = within(table).getAllByRole('link');
  expect(links).toHaveLength(3);
  expect(new URL(links[0]?.getAttribute('href') ?? '', 'http://a').searchParams.has('case')).toBe(
    true,
  );
});

test('the values say of how many cases they are', async () => {
  drawerOf(ACTIVITY);
  await screen.findByRole('table', { name: 'Montant' });
  const values = within(partOf('Values'));
  expect(values.getByRole('link', { name: '2 of 3 cases' })).toBeTruthy();
  expect(values.getByRole('rowheader', { name: 'Delayed value (× days)' })).toBeTruthy();
});
