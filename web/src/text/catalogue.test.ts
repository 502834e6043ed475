import { act, renderHook } from '@testing-library/react';
import { expect, test, vi } from 'vitest';
import { remember } from '../settings';
import { needTexts, useCatalogue } from './catalogue';
import { textsOf } from './messages';

vi.mock('./messages', () => ({ textsOf: vi.fn() }));

const asked: { name: string; give: () => void; refuse: () => void }[] = [];

vi.mocked(textsOf).mockImplementation(
  (language, area) =>
    new Promise((resolve, reject) => {
      const name = `${language}/${area}`;
      const give = () => resolve({ [`${area}.${language}`]: 'x' });
      asked.push({ name, give, refuse: () => reject(new TypeError(name)) });
    }),
);

async function arrives(name: string) {
  await act(async () => {
    asked.find((one) => one.name === name)?.give();
    await new Promise((resolve) => setTimeout(resolve));
  });
}

test('a language is shown when all that is needed of it is there, and is asked for once', async () => {
  remember({ language: 'en' });
  let shownTimes = 0;
  const { result } = renderHook(() => {
    shownTimes += 1;
    return useCatalogue();
  });
  const keys = () => [result.current?.language, ...Object.keys(result.current?.texts ?? {})];
  void needTexts('shell');
  expect(keys()).toEqual([undefined]);
  await arrives('en/shell');
  expect(keys()).toEqual(['en', 'shell.en']);

  const { texts } = result.current ?? {};
  void needTexts('map');
  await arrives('en/map');
  expect(keys()).toEqual(['en', 'shell.en', 'map.en']);
  expect(result.current?.texts, 'nobody is made anew').toBe(texts);
  expect(shownTimes).toBe(2);

  remember({ language: 'ja' });
  void needTexts('shell');
  await arrives('ja/shell');
  expect(keys(), 'the old language while half of the new one is missing').toContain('map.en');
  await arrives('ja/map');
  expect(keys()).toEqual(['ja', 'shell.ja', 'map.ja']);

  remember({ language: 'en' });
  await act(() => needTexts('shell', 'map'));
  expect(keys()).toEqual(['en', 'shell.en', 'map.en']);
  expect(asked.map(({ name }) => name)).toEqual(['en/shell', 'en/map', 'ja/shell', 'ja/map']);
});

test('texts that do not come are missing to nobody else, and to their page when all is told', async () => {
  const refused = needTexts('funnel', 'data').catch((fault: Error) => `refused ${fault.message}`);
  asked.find(({ name }) => name === 'en/funnel')?.refuse();
  const isOver = vi.fn();
  void refused.then(isOver);
  await arrives('nothing');
  expect(isOver, 'while another one is on its way').not.toHaveBeenCalled();
  await arrives('en/data');
  expect(await refused).toBe('refused en/funnel');

  const others = needTexts('cases');
  await arrives('en/cases');
  await others;
  expect(asked.filter(({ name }) => name === 'en/funnel')).toHaveLength(1);
});
