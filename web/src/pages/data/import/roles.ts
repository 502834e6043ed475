// Which column plays which role, and what the server must be told when the user changes one.
import type { CheckedColumn, ColumnRole, ImportSettings } from '../../../api/types';

/** Roles a user can give; the others follow from the format of the file. */
export const CHOSEN_ROLES = ['case', 'activity', 'time', 'start', 'resource'] as const;
export type ChosenRole = (typeof CHOSEN_ROLES)[number];
export const REQUIRED_ROLES: ChosenRole[] = ['case', 'activity', 'time'];

/** The server's word for "no column". */
const NONE = '-';

/** The settings after a column was given a role; the column that had it becomes an attribute. */
export function withRole(
  settings: ImportSettings,
  columns: CheckedColumn[],
  column: string,
  role: ColumnRole,
): ImportSettings {
  const next: ImportSettings = { ...settings };
  for (const known of CHOSEN_ROLES) {
    const holder = columnOf(known, settings, columns);
    if (known === role) next[known] = column;
    else if (holder === column) next[known] = REQUIRED_ROLES.includes(known) ? undefined : NONE;
    else if (holder !== undefined) next[known] = holder;
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
  const chosen = CHOSEN_ROLES.find((role) => columnOf(role, settings, columns) === column.name);
  if (chosen) return chosen;
  return isChosenRole(column.role) ? 'attribute' : column.role;
}

export function withoutBlanks(settings: ImportSettings): ImportSettings {
  const entries = Object.entries(settings).filter(([, value]) => value);
  return Object.fromEntries(entries) as ImportSettings;
}

function isChosenRole(role: ColumnRole): role is ChosenRole {
  return CHOSEN_ROLES.some((known) => known === role);
}
