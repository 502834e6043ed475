import { expect, test } from 'vitest';
import type { Schema } from '../../api/types';
import { validateDottedSearch } from '../dotted/search';
import { validateFunnelSearch } from '../funnel/search';
import { chosenAttribute, validatePeopleSearch } from '../people/search';
import { validateQualitySearch } from '../quality/search';
import { looksAtAuxiliary, validateReworkSearch } from '../rework/search';
import { understood, validateThroughputSearch } from '../throughput/search';
import { golden } from './testing';

const SCHEMA = golden<Schema>('schema');

/** What is said, without what is not. */
function said(search: object): object {
  return JSON.parse(JSON.stringify(search));
}

test.each([
  [
    validateThroughputSearch,
    {
      ends: ['Facturer'],
      by: 'Région',
      period: 'week',
      from: 0,
      to: 86_400,
      at: '2024-01-01',
      tables: ['durations', 'open'],
    },
  ],
  [validateQualitySearch, { tab: 'figures', template: 'hubspot' }],
  [validateReworkSearch, { auxiliary: true, activity: 'Facturer' }],
  [
    validateFunnelSearch,
    {
      stages: [
        { activities: ['Expédier'] },
        { name: 'Fin', activities: ['Facturer', 'Encaisser'] },
      ],
      order: 'any',
      ends: ['Encaisser'],
      value: 'Montant',
      length: 'quarter',
      cohort: '2024-04-01',
      against: '2024-01-01',
      stage: 'Fin',
      table: true,
    },
  ],
  [
    validatePeopleSearch,
    { attribute: 'Team', metric: 'wait', top: 25, from: null, to: 'Amélie', table: true },
  ],
  [
    validateDottedSearch,
    {
      axis: 'week',
      sort: 'duration',
      sample: 5_000,
      colours: ['Facturer'],
      highlight: 'Facturer',
      auxiliary: true,
      table: true,
    },
  ],
])('what a page needs is taken from its address', (validate, search) => {
  const valid = validate(search);
  expect(said(valid)).toEqual(search);
});

test.each([
  [
    validateThroughputSearch,
    {
      ends: [[]],
      period: 'fortnight',
      from: 9,
      to: 3,
      at: 'soon',
      tables: ['x'],
    },
  ],
  [validateReworkSearch, { auxiliary: 'yes', activity: '' }],
  [
    validateFunnelSearch,
    {
      // An activity in two stages.
      stages: [{ activities: ['a'] }, { activities: ['b', 'a'] }],
      order: 'luck',
      length: 'day',
      cohort: 'soon',
      // Nothing to compare with.
      against: '2024-01-01',
    },
  ],
  [validatePeopleSearch, { metric: 'fame', top: 3, from: 'Amélie', table: 1 }],
  [
    validateDottedSearch,
    { axis: 'spiral', sort: 'luck', sample: 7, colours: ['1', '2', '3', '4', '5', '6', '7', '8'] },
  ],
])('what makes no sense is left out', (validate, nonsense) => {
  const valid = validate(nonsense);
  expect(said(valid)).toEqual({});
});

test('an attribute that looks like a number is a name', () => {
  const raw = { by: 2024 };
  expect(validateThroughputSearch(raw).by).toBe('2024');
});

test('what the log does not have is left out and named', () => {
  const search = validateThroughputSearch({ ends: ['Facturer', 'Dormir'], by: 'Montant' });
  const { search: known, unknown } = understood(search, SCHEMA);
  expect(unknown).toEqual(['ends', 'by']);
  expect(said(known)).toEqual({});
  expect(understood({ ends: ['Facturer'], by: 'Région' }, SCHEMA).unknown).toEqual([]);
});

test('who did it is the chosen attribute, else the resource of the log', () => {
  expect(chosenAttribute({}, SCHEMA)).toEqual({ attribute: 'Ressource', isUnknown: false });
  expect(chosenAttribute({ attribute: 'Région' }, SCHEMA)).toEqual({
    attribute: 'Ressource',
    isUnknown: true,
  });
  expect(chosenAttribute({}, { ...SCHEMA, resource: null })).toEqual({
    attribute: null,
    isUnknown: false,
  });
});

test('auxiliary activities are left out unless asked for, or nothing else is there', () => {
  const activity = (name: string, auxiliary: boolean) => ({ name, auxiliary });
  const schema = { ...SCHEMA, activities: [activity('a', false), activity('n', true)] };
  expect(looksAtAuxiliary(schema, false)).toBe(false);
  expect(looksAtAuxiliary(schema, true)).toBe(true);
  expect(looksAtAuxiliary(SCHEMA, false)).toBe(false);
  const notes = { ...SCHEMA, activities: [activity('n', true)] };
  expect(looksAtAuxiliary(notes, false)).toBe(true);
});
