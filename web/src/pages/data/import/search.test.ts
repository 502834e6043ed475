import { expect, test } from 'vitest';
import { validateImportSearch } from './search';

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
