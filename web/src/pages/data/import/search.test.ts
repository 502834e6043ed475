import { expect, test } from 'vitest';
import { settingsAsked, validateImportSearch } from './search';

test('whatever stands in the address becomes something that makes sense', () => {
  expect(
    validateImportSearch({
      step: 'elsewhere',
      upload: 'u7',
      job: 'x',
      settings: 'case',
      mode: 'x',
      key: 'a',
    }),
  ).toEqual({});
  expect(
    validateImportSearch({
      step: 'check',
      upload: 1,
      into: '3',
      mode: 'upsert',
      key: ['Deal', 7, null],
      name: 2024,
      settings: {
        case: 'Deal',
        activity: '',
        evil: 'x',
        pairs_lifecycle: true,
        row: 'case',
        header: 'none',
        header_row: '5',
        sheet: 2024,
        date_columns: [
          { column: 'Won', activity: 'Deal won' },
          { column: 7 },
          { column: 'Lost' },
          'x',
        ],
      },
    }),
  ).toEqual({
    step: 'check',
    upload: 1,
    into: 3,
    mode: 'upsert',
    key: ['Deal', '7'],
    name: '2024',
    settings: {
      case: 'Deal',
      pairs_lifecycle: true,
      row: 'case',
      header: 'none',
      header_row: 5,
      sheet: '2024',
      date_columns: [{ column: 'Won', activity: 'Deal won' }, { column: 'Lost' }],
    },
  });
});

test('what was said about automatic readings survives a reload', () => {
  const rules = {
    off: ['footer_lines', 'evil'],
    blank_words: [],
    decimal: 'comma',
    serial_dates: 1904,
    text_columns: ['Zip'],
    percent_columns: [],
  };
  expect(validateImportSearch({ settings: { rules } }).settings?.rules).toEqual({
    off: ['footer_lines'],
    blank_words: [],
    decimal: 'comma',
    serial_dates: '1904',
    text_columns: ['Zip'],
  });
  expect(validateImportSearch({ settings: { rules: { decimal: 'x' } } })).toEqual({});
});

test('what a recipe says of columns and labels survives the address', () => {
  const settings = {
    process: 'lead-to-cash',
    pipeline: 'Pipeline',
    date_order: 'day_first',
    other_columns: 'leave_out',
    activities: [{ label: 'Won', pipeline: 'P', activity: 'OpportunityWon' }, { label: 'Lost' }],
    columns: [{ column: 'Amount', kind: 'money', level: 'case', currency: 'EUR' }],
  };
  expect(validateImportSearch({ settings, fresh: true })).toEqual({ settings, fresh: true });
  const wrong = { date_order: 'soon', activities: [{ pipeline: 'P' }, 3], columns: 'all' };
  expect(validateImportSearch({ settings: wrong, fresh: 'yes' })).toEqual({
    settings: { activities: [] },
  });
});

test('nothing said is not the same as everything anew', () => {
  expect(settingsAsked({})).toBeUndefined();
  expect(settingsAsked({ fresh: true })).toEqual({});
  expect(settingsAsked({ fresh: true, settings: { case: 'Deal' } })).toEqual({ case: 'Deal' });
});
