import { expect, test } from 'vitest';
import type { CheckedColumn, ColumnRole } from '../../../api/types';
import { columnOf, roleOf, withRole } from './roles';

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
});

test('a required role that is given up is asked for again, an optional one is none', () => {
  expect(withRole({}, COLUMNS, 'Owner', 'attribute').resource).toBe('-');
  expect(withRole({}, COLUMNS, 'Owner', 'case')).toMatchObject({ case: 'Owner', resource: '-' });
});

test('other settings stay', () => {
  const settings = withRole({ time_zone: 'Asia/Tokyo' }, COLUMNS, 'Region', 'resource');
  expect(settings).toMatchObject({ time_zone: 'Asia/Tokyo', resource: 'Region', case: 'Deal' });
});
