import { expect, test } from 'vitest';
import type { CheckedColumn, ColumnRole, ImportSettings } from '../../../api/types';
import { columnOf, datesOf, roleOf, rowOf, withRole, withRow, withSheet } from './roles';

function column(name: string, role: ColumnRole): CheckedColumn {
  return { name, role, reason: '', samples: [], blanks: 0 };
}

const COLUMNS = [
  column('Deal', 'case'),
  column('Step', 'activity'),
  column('When', 'time'),
  column('Owner', 'resource'),
  column('Region', 'attribute'),
];

test('roles are the suggested ones until the user says otherwise', () => {
  expect(columnOf('case', {}, COLUMNS)).toBe('Deal');
  expect(columnOf('start', {}, COLUMNS)).toBeUndefined();
});

test('a role given to another column leaves the first one as an attribute', () => {
  const settings = withRole({}, COLUMNS, 'Region', 'case');
  expect(settings.case).toBe('Region');
  expect(COLUMNS.map((one) => roleOf(one, settings, COLUMNS))).toEqual([
    'attribute',
    'activity',
    'time',
    'resource',
    'case',
  ]);
  expect(settings.row).toBe('event');
});

test('a required role that is given up is asked for again, an optional one is none', () => {
  expect(withRole({}, COLUMNS, 'Owner', 'attribute').resource).toBe('-');
  expect(withRole({}, COLUMNS, 'Owner', 'case')).toMatchObject({ case: 'Owner', resource: '-' });
});

test('other settings stay', () => {
  const settings = withRole({ time_zone: 'Asia/Tokyo' }, COLUMNS, 'Region', 'resource');
  expect(settings).toMatchObject({ time_zone: 'Asia/Tokyo', resource: 'Region', case: 'Deal' });
});

const DEALS = [
  column('Deal', 'case'),
  column('Created', 'activity_date'),
  column('Won', 'activity_date'),
  column('Modified', 'attribute'),
];

test('where a row is a case, dates are added and left out', () => {
  expect(rowOf({}, DEALS)).toBe('case');
  expect(datesOf({}, DEALS)).toEqual([{ column: 'Created' }, { column: 'Won' }]);
  const settings = withRole({}, DEALS, 'Modified', 'activity_date');
  expect(settings).toEqual({
    row: 'case',
    case: 'Deal',
    date_columns: [{ column: 'Created' }, { column: 'Won' }, { column: 'Modified' }],
  });
  const less = withRole(settings, DEALS, 'Won', 'attribute');
  const known = settings.date_columns ?? [];
  expect(withRole(less, DEALS, 'Won', 'activity_date', known)).toEqual(settings);
  expect(less.date_columns).toEqual([{ column: 'Created' }, { column: 'Modified' }]);
  expect(DEALS.map((one) => roleOf(one, less, DEALS))).toEqual([
    'case',
    'activity_date',
    'attribute',
    'activity_date',
  ]);
});

test('what a row is can be said, and how the file is read stays', () => {
  const settings = { time_zone: 'Asia/Tokyo', row: 'case', case: 'Deal' } as const;
  const next = withRow(settings, 'event');
  expect(next).toEqual({ time_zone: 'Asia/Tokyo', row: 'event' });
  expect(DEALS.map((one) => roleOf(one, next, DEALS))).toEqual([
    'case',
    'attribute',
    'attribute',
    'attribute',
  ]);
});

test('another sheet has other columns, and is read by the same rules', () => {
  const settings: ImportSettings = {
    case: 'Deal',
    header_row: 5,
    time_zone: 'Asia/Tokyo',
    member: 'deals.xlsx',
    sheet: 'Deals',
    rules: { off: ['title_lines'] },
  };
  expect(withSheet(settings, 'Leads')).toEqual({
    time_zone: 'Asia/Tokyo',
    member: 'deals.xlsx',
    sheet: 'Leads',
    rules: { off: ['title_lines'] },
  });
  expect(withSheet(settings, '')).not.toHaveProperty('sheet');
});
