// How values of settings are written in fields, and read out of them again.
import type { Cell, Setting, SettingColumn, SettingValue, Shape } from '../../api/settings';

type Plain = boolean | number | string;
type Row = Record<string, Cell>;

function isRows(value: SettingValue): value is Row[] {
  return Array.isArray(value) && value.every((one) => typeof one === 'object');
}

export function rowsOf(value: SettingValue | null): Row[] {
  return value !== null && isRows(value) ? value : [];
}

export function plainOf(value: SettingValue | Cell | null): string {
  return value === null || typeof value === 'object' ? '' : String(value);
}

export function listOf(value: SettingValue | Cell | null): string[] {
  return Array.isArray(value) ? value.map(String) : [];
}

/** What somebody typed, as the server takes it; what is no number stays for the server to tell. */
export function typed(shape: Shape, text: string): Plain {
  return shape.kind === 'whole' && /^-?\d+$/.test(text.trim()) ? Number(text) : text.trim();
}

/** The one text that a name has in the language of the page. */
export function nameOf(names: { en?: string; fr?: string; ja?: string }): string {
  return names.en || names.fr || names.ja || '';
}

function cellText(shape: Shape, value: Plain): string {
  const choice = shape.choices?.find((one) => one.key === value);
  return choice ? nameOf(choice.name) : String(value);
}

function rowText(columns: SettingColumn[], row: Row): string {
  const cells = columns.flatMap((column) => {
    const cell = row[column.key];
    if (cell === undefined) return [];
    const values = Array.isArray(cell) ? cell : [cell];
    const text = values.map((value) => cellText(column.shape, value)).join(', ');
    return [`${nameOf(column.name)} ${text}`];
  });
  return cells.join(' · ');
}

/** A value as a person reads it; nothing where there is none. */
export function shown(setting: Setting, value: SettingValue | null | undefined): string {
  if (value === null || value === undefined) return '';
  if (isRows(value)) return value.map((row) => rowText(setting.columns ?? [], row)).join('; ');
  const values = Array.isArray(value) ? value : [value];
  return values.map((one) => cellText(setting.shape, one)).join(', ');
}
