import { createIntl } from 'react-intl';
import { beforeEach, expect, test } from 'vitest';
import { formats } from '../format';
import { remember } from '../settings';
import en from '../text/en/filters.json';
import fr from '../text/fr/filters.json';
import ja from '../text/ja/filters.json';
import {
  around,
  type Chip,
  canJoin,
  chipsOf,
  ignoredCount,
  joined,
  moved,
  searchOf,
  split,
  takenOut,
  validateFilterSearch,
  withoutPart,
  withPart,
} from './chips';
import { dropOf, placeOf } from './drop';
import type { Filter } from './filter';
import { lastDay, says } from './says';
import { recordStep, undoStep } from './undo';

const REPEATS: Filter = { kind: 'repeats' };
const LONG: Filter = { kind: 'duration', min_s: 864_000 };
const WITH: Filter = { kind: 'activity_contains', activities: ['Quote Issued'] };
const EVENTS: Filter = { kind: 'event_activity', activities: ['Quote Issued'] };

function chip(filter: Filter, isPaused = false): Chip {
  return { filter, isPaused };
}

beforeEach(() => remember({ language: 'en' }));

test('chips come out of the address as they went in, paused ones in their places', () => {
  for (const paused of [[], [0], [1], [2], [0, 1], [0, 2], [1, 2], [0, 1, 2]]) {
    const chips = [REPEATS, LONG, EVENTS].map((one, idx) => chip(one, paused.includes(idx)));
    const search = searchOf(chips);
    expect(chipsOf({ ...search }), String(paused)).toEqual(chips);
    expect(search.filters?.length ?? 0).toBe(3 - paused.length);
  }
  expect(searchOf([])).toEqual({ filters: undefined, paused: undefined });
});

test('nonsense in the address is left out and counted', () => {
  const search = {
    filters: [REPEATS, { kind: 'fame' }, 'x'],
    paused: [{ at: 0, filter: LONG }, { at: -1, filter: LONG }, { filter: LONG }, null],
  };
  expect(chipsOf(search)).toEqual([chip(LONG, true), chip(REPEATS)]);
  expect(ignoredCount(search)).toBe(5);
  expect(ignoredCount({ filters: 'all', paused: 7 })).toBe(2);
  expect(ignoredCount({})).toBe(0);
  expect(validateFilterSearch({ filters: {} })).toEqual({});
});

test('filters of whole cases that are at work are joined with "or", and taken apart', () => {
  const chips = [chip(REPEATS), chip(EVENTS), chip(LONG), chip(WITH, true), chip(WITH)];
  expect([0, 1, 2, 3, 4].filter((other) => canJoin(chips, other, 2))).toEqual([0, 4]);
  const pair = joined(chips, 0, 2);
  expect(pair[1]).toEqual(chip({ any: [LONG, REPEATS] }));
  const three = joined(pair, 3, 1);
  expect(three).toEqual([chip(EVENTS), chip({ any: [LONG, REPEATS, WITH] }), chip(WITH, true)]);
  expect(split(three, 1).map(({ filter }) => filter)).toEqual([EVENTS, LONG, REPEATS, WITH, WITH]);
  expect(joined(chips, 1, 2)).toBe(chips);
});

test('ten steps can be undone, the last one first, and each log has its own', () => {
  for (let count = 0; count < 12; count += 1) recordStep('1', Array(count).fill(chip(REPEATS)));
  expect(undoStep('2')).toBeUndefined();
  const undone = Array.from({ length: 11 }, () => undoStep('1')?.length);
  expect(undone).toEqual([11, 10, 9, 8, 7, 6, 5, 4, 3, 2, undefined]);
});

test.each([
  [
    'en',
    en,
    [
      'With Quote Issued',
      'Duration: at least 10 days',
      'With Quote Issued or Duration: at least 10 days',
      'Region: not A, (blank) +1',
      'Start: 1 Jan – 30 Jun 2024',
    ],
  ],
  [
    'fr',
    fr,
    [
      'Avec Quote Issued',
      'Durée : au moins 10 j',
      'Avec Quote Issued ou Durée : au moins 10 j',
      'Region : pas A, (vide) +1',
      'Début : 1 janv. – 30 juin 2024',
    ],
  ],
  [
    'ja',
    ja,
    [
      'Quote Issuedを含む',
      '所要時間：10日以上',
      'Quote Issuedを含む、または所要時間：10日以上',
      'Region：A、（空白）ほか1件以外',
      '開始：2024年1月1日～2024年6月30日',
    ],
  ],
] as const)('a chip says in words what it keeps (%s)', (language, messages, expected) => {
  remember({ language });
  const intl = createIntl({ locale: language, messages });
  const say = (filter: Filter) =>
    says(
      filter,
      (key, values) => intl.formatMessage({ id: key }, values),
      formats(language),
    ).replace(/[\u00a0\u2009\u202f]/g, ' ');
  const without: Filter = {
    kind: 'attribute_not_in',
    attribute: 'Region',
    values: ['A', null, 'B'],
  };
  // The end of the period is the first day that is no longer meant.
  const period: Filter = { kind: 'period', mode: 'starts', from: '2024-01-01', to: '2024-07-01' };
  expect([WITH, LONG, { any: [WITH, LONG] }, without, period].map(say)).toEqual(expected);
});

test('the last day of a period is the one before its end', () => {
  expect(lastDay('2024-03-01')).toBe('2024-02-29');
  expect(lastDay('2024-03-01T09:00:00Z')).toBe('2024-03-01T09:00:00Z');
});

test('a filter is moved to another place, the others keep their order', () => {
  const chips = [chip(REPEATS), chip(LONG), chip(EVENTS, true)];
  expect(moved(chips, 0, 2)).toEqual([chips[1], chips[2], chips[0]]);
  expect(moved(chips, 2, 0)).toEqual([chips[2], chips[0], chips[1]]);
  expect(moved(chips, 0, 3)).toBe(chips);
  expect(moved(chips, 0, -1)).toBe(chips);
});

test('a chip is let go before, in or behind another one', () => {
  expect([0.1, 0.5, 0.9].map((share) => dropOf(share, true))).toEqual(['before', 'into', 'after']);
  expect([0.1, 0.4, 0.6].map((share) => dropOf(share, false))).toEqual([
    'before',
    'before',
    'after',
  ]);
  // Of a, b, c, d: where does a chip stand when it is let go beside another one?
  expect(placeOf(0, 2, 'before')).toBe(1);
  expect(placeOf(0, 2, 'after')).toBe(2);
  expect(placeOf(3, 1, 'before')).toBe(1);
  expect(placeOf(3, 1, 'after')).toBe(2);
});

test('parts of a group are changed, added, removed and taken out', () => {
  const chips = [chip(EVENTS), chip({ any: [LONG, REPEATS] })];
  expect(withPart(chips, 1, 0, WITH)[1]).toEqual(chip({ any: [WITH, REPEATS] }));
  expect(withPart(chips, 1, 2, WITH)[1]).toEqual(chip({ any: [LONG, REPEATS, WITH] }));
  expect(withPart([chip(LONG)], 0, 1, WITH)).toEqual([chip({ any: [LONG, WITH] })]);
  expect(withoutPart(chips, 1, 0)).toEqual([chip(EVENTS), chip(REPEATS)]);
  expect(withoutPart([chip(LONG)], 0, 0)).toEqual([]);
  expect(takenOut(chips, 1, 0)).toEqual([chip(EVENTS), chip(REPEATS), chip(LONG)]);
});

test('a filter is chosen among the names that it has to speak of', () => {
  const group = chip({ kind: 'group_activities', groups: { Money: ['Pay'] } });
  const chips = [chip(LONG), chip(WITH, true), chip(REPEATS), group, chip(EVENTS)];
  expect(around(chips, 0)).toEqual([REPEATS]);
  expect(around(chips, 3)).toEqual([LONG, REPEATS]);
  expect(around(chips, 4)).toEqual([LONG, REPEATS, group.filter]);
  expect(around(chips, 5)).toEqual([LONG, REPEATS, group.filter, EVENTS]);
});
