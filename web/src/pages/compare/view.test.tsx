import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import { expect, test, vi } from 'vitest';
import { type Asked, answering, filtersOf, golden, reply, shown } from '../explore/testing';
import { CompareView } from './CompareView';
import type { CompareSearch } from './search';

// Whole pages with all their parts: on two busy cores one test took 4.5 s of the usual 5.
vi.setConfig({ testTimeout: 20_000 });

// There is no worker to lay out a map; tables and figures need none.
vi.mock('../../pictures/process-map/layoutService', () => ({
  computeLayout: () => new Promise(() => undefined),
  knownLayout: () => undefined,
}));
Object.assign(document, { fonts: { load: async () => [] } });

const EMEA = { kind: 'attribute_in', attribute: 'Région', values: ['Nord'] };

function told(name: string): object {
  const path = join(import.meta.dirname, 'golden', `${name}.json.txt`);
  return JSON.parse(readFileSync(path, 'utf8'));
}

/** What the bars of filters and the choice of values ask, beside the comparison. */
function answers(name: string) {
  return ({ tiles }: Asked) => {
    const question = tiles[0]?.question;
    return question === 'comparison' ? told(name) : golden('sizes');
  };
}

test('figures of both sides stand beside each other, their differences in words', async () => {
  const asked = answering(answers('regions'));
  shown(CompareView, { a: [EMEA], show: 'table' });
  const totals = await screen.findByRole('table', { name: 'Figures of both sides' });
  const params = asked.map(({ tiles }) => tiles[0]?.params as { a?: unknown; b?: unknown });
  expect(params).toContainEqual({ a: [EMEA] });
  const row = within(totals).getByRole('row', { name: /A compared with B/ });
  // 73 cases against 77.
  expect(row.textContent).toContain('4 more in B');
  // Both numbers lead to their cases: B is what A is not.
  const [a, b] = within(totals).getAllByRole('link');
  expect(filtersOf(a as HTMLElement)).toEqual([EMEA]);
  expect(filtersOf(b as HTMLElement)).toEqual([{ not: EMEA }]);
});

test('cases that may still run are counted for each side', async () => {
  answering(answers('regions'), ({ filters }) => {
    const isLate = JSON.stringify(filters).includes('2024-03-22T10:00:00.000Z');
    const cases = JSON.stringify(filters).includes('not') ? 5 : 0;
    const whole = { case_duration_s: { p90: 11 * 86_400 }, last_event_at: '2024-04-02T10:00:00Z' };
    const answer = isLate ? { cases } : { cases: 150, ...whole };
    return { ...golden<object>('sizes'), tiles: [{ id: 'summary', answer }] };
  });
  shown(CompareView, { a: [EMEA], show: 'table' });
  const note = await screen.findByText(/may still run/);
  expect(note.textContent).toContain('5 cases of B began less than 11 days before the last event');
  expect(screen.getAllByText(/may still run/)).toHaveLength(1);
});

test('the tables rank by difference, and rows of few cases come last', async () => {
  answering(answers('regions'));
  const { search } = shown(CompareView, { a: [EMEA], show: 'table' });
  const paths = await screen.findByRole('table', { name: 'Paths on both sides' });
  const names = () =>
    within(paths)
      .getAllByRole('rowheader')
      .map((one) => one.textContent);
  expect(names()[0]).toBe('Opportunity Created → Quote Issued');
  // After the figures of both sides, the difference of their shares.
  const differences = () =>
    within(paths)
      .getAllByRole('row')
      .slice(1)
      .map((row) => within(row).getAllByRole('cell')[4]?.textContent ?? '');
  const few = () => differences().map((said) => said.includes('Few cases'));
  expect(differences()[0]).toBe('−15.2\u202fpp');
  expect(few()).toEqual([...few()].sort((left, right) => Number(left) - Number(right)));
  expect(few()).toContain(true);
  fireEvent.click(within(paths).getByRole('button', { name: /Share, A − B/ }));
  // The most on A first; what rests on few cases stays below.
  expect(differences()[0]).toBe('+12.2\u202fpp');
  expect(few().at(-1)).toBe(true);
  expect(names()[0]).toBe('Opportunity Created → Opportunity Lost');
  fireEvent.click(within(paths).getByRole('button', { name: names()[0] ?? '' }));
  await waitFor(() =>
    expect(search()).toMatchObject({ from: 'Opportunity Created', to: 'Opportunity Lost' }),
  );
});

test('a side without cases is said, and can be taken back', async () => {
  answering(answers('empty'));
  const { search } = shown<CompareSearch>(CompareView, { a: [EMEA] });
  const state = (await screen.findByText('Side A has no case')).closest('section');
  fireEvent.click(
    within(state as HTMLElement).getByRole('button', { name: 'Clear the filters of A' }),
  );
  expect(search().a).toBeUndefined();
});

test('sides change places by a button, and the rest becomes a filter', async () => {
  answering(answers('regions'));
  const { search } = shown(CompareView, { a: [EMEA], show: 'table' });
  await screen.findByRole('table', { name: 'Figures of both sides' });
  fireEvent.click(screen.getByRole('button', { name: 'Swap A and B' }));
  expect(search()).toMatchObject({ a: [{ not: EMEA }], b: [EMEA] });
});

test('without sides the page offers ways to begin', async () => {
  answering(({ tiles }) =>
    tiles[0]?.question === 'attributes'
      ? {
          tiles: [
            {
              answer: {
                attributes: [
                  {
                    name: 'Région',
                    level: 'case',
                    distinct: 2,
                    values: [
                      { value: 'Nord', count: 2 },
                      { value: 'Sud', count: 1 },
                    ],
                  },
                ],
              },
            },
          ],
        }
      : golden('sizes'),
  );
  const { search } = shown(CompareView, {});
  const way = await screen.findByRole('region', { name: 'Two values of an attribute' });
  const go = within(way).getByRole('button', { name: 'Compare' });
  await waitFor(() => expect((go as HTMLButtonElement).disabled).toBe(false));
  fireEvent.click(go);
  const value = (name: string) => ({ ...EMEA, level: 'case', values: [name] });
  expect(search()).toMatchObject({ a: [value('Nord')], b: [value('Sud')] });
});

test('what failed is said, and tried again', async () => {
  let fails = true;
  const problem = {
    code: 'invalid_filter',
    title: 'The filter is not valid',
    detail: 'There is no attribute "Taille".',
    category: 'usage',
  };
  const told = answers('regions');
  answering((asked) => (fails ? reply(problem, 400) : told(asked)));
  shown(CompareView, { a: [EMEA], show: 'table' });
  const alert = await screen.findByRole('alert');
  expect(alert.textContent).toContain('There is no attribute "Taille".');
  fails = false;
  fireEvent.click(within(alert).getByRole('button', { name: 'Try again' }));
  await screen.findByRole('table', { name: 'Figures of both sides' });
});
