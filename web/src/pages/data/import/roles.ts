// Which column plays which role, and what the server must be told when the user changes one.
import type {
  CheckedColumn,
  ColumnRole,
  DateColumn,
  ImportSettings,
  RowMeaning,
} from '../../../api/types';
import { withDate } from './dates';

/** Roles a user can give; the others follow from the format of the file. */
export const CHOSEN_ROLES = ['case', 'activity', 'time', 'start', 'resource'] as const;
export type ChosenRole = (typeof CHOSEN_ROLES)[number];
export const REQUIRED_ROLES: ChosenRole[] = ['case', 'activity', 'time'];

/** Roles where a row is a case: what happened, and when, is in its columns of dates. */
const ROLES_OF_CASES: ChosenRole[] = ['case', 'resource'];

/** The server's word for "no column". */
const NONE = '-';

/** The roles that columns can have in such a table. */
export function rolesOf(row: RowMeaning): ChosenRole[] {
  return row === 'case' ? ROLES_OF_CASES : [...CHOSEN_ROLES];
}

/** What a row is: what the user said, else what the server took it for. */
export function rowOf(settings: ImportSettings, columns: CheckedColumn[]): RowMeaning {
  if (settings.row) return settings.row;
  return columns.some(({ role }) => role === 'activity_date') ? 'case' : 'event';
}

/** The columns of dates that become events, in the order of the process. */
export function datesOf(settings: ImportSettings, columns: CheckedColumn[]): DateColumn[] {
  if (settings.date_columns) return settings.date_columns;
  const suggested = columns.filter(({ role }) => role === 'activity_date');
  return suggested.map(({ name }) => ({ column: name }));
}

/** The settings after the user has said what a row is; how the file is read stays. */
export function withRow(settings: ImportSettings, row: RowMeaning): ImportSettings {
  const { header, header_row } = settings;
  return withoutBlanks({ ...readingOf(settings), header, header_row, row });
}

/** The settings after the user has said where columns are named: their names, and so the roles, change. */
export function withHeader(
  settings: ImportSettings,
  header: Pick<ImportSettings, 'header' | 'header_row'>,
): ImportSettings {
  return withoutBlanks({ ...readingOf(settings), ...header });
}

/** The settings after the user has chosen another sheet, whose columns are others. */
export function withSheet(settings: ImportSettings, sheet: string): ImportSettings {
  return withoutBlanks({ ...readingOf(settings), sheet });
}

/** How the file is read, whatever its columns are called. */
function readingOf(settings: ImportSettings) {
  const { time_zone, date_format, date_order, encoding, delimiter, member, sheet, rules } =
    settings;
  const read = { time_zone, date_format, date_order, encoding, delimiter, member, sheet };
  return { ...read, ...(rules ? { rules } : {}) };
}

/**
 * The settings after a column was given a role; the column that had it becomes an attribute. Among
 * the dates it comes back to the place that it had.
 */
export function withRole(
  settings: ImportSettings,
  columns: CheckedColumn[],
  column: string,
  role: ColumnRole,
  knownDates: DateColumn[] = [],
): ImportSettings {
  const row = rowOf(settings, columns);
  // A recipe names every column; what the user says now is found a place again.
  const { columns: _columns, other_columns: _other, ...free } = settings;
  const next: ImportSettings = { ...free, row };
  for (const known of rolesOf(row)) {
    const holder = columnOf(known, settings, columns);
    if (known === role) next[known] = column;
    else if (holder === column) next[known] = REQUIRED_ROLES.includes(known) ? undefined : NONE;
    else if (holder !== undefined) next[known] = holder;
  }
  if (row === 'case') {
    const others = datesOf(settings, columns).filter((date) => date.column !== column);
    next.date_columns = role === 'activity_date' ? withDate(others, column, knownDates) : others;
  }
  return withoutBlanks(next);
}

/** The column of a role: what the user said, else what the server suggests. */
export function columnOf(
  role: ChosenRole,
  settings: ImportSettings,
  columns: CheckedColumn[],
): string | undefined {
  const said = settings[role];
  if (said === NONE) return undefined;
  return said ?? columns.find((column) => column.role === role)?.name;
}

/** The role to show for a column. */
export function roleOf(
  column: CheckedColumn,
  settings: ImportSettings,
  columns: CheckedColumn[],
): ColumnRole {
  const row = rowOf(settings, columns);
  const chosen = rolesOf(row).find((role) => columnOf(role, settings, columns) === column.name);
  if (chosen) return chosen;
  if (row === 'case') {
    const dates = datesOf(settings, columns);
    return dates.some((date) => date.column === column.name) ? 'activity_date' : 'attribute';
  }
  const isOpen = isChosenRole(column.role) || column.role === 'activity_date';
  return isOpen ? 'attribute' : column.role;
}

export function withoutBlanks(settings: ImportSettings): ImportSettings {
  const entries = Object.entries(settings).filter(([, value]) => value);
  return Object.fromEntries(entries) as ImportSettings;
}

function isChosenRole(role: ColumnRole): role is ChosenRole {
  return CHOSEN_ROLES.some((known) => known === role);
}
