// The columns of the table of cases: which there are, which are shown, and what is remembered.
import type { AttributeType, CaseSort } from '../../api/cases';
import type { Schema } from '../../api/types';
import { type CasesSortName, type Column, isColumn, OWN_COLUMNS } from './search';

export interface CaseAttribute {
  name: string;
  type: AttributeType;
}

/** The server shows no more at once. */
export const ATTRIBUTE_COLUMNS_MAX = 50;
/** Attributes that are shown until somebody chooses. */
const FIRST_ATTRIBUTES = 4;

export function caseAttributes(schema: Schema | undefined): CaseAttribute[] {
  return (schema?.attributes ?? []).filter(({ level }) => level === 'case');
}

/** All columns of a log, in the order in which they stand. */
export function allColumns(attributes: CaseAttribute[]): Column[] {
  return [...OWN_COLUMNS, ...attributes.map(({ name }) => `@${name}` as const)];
}

/** First and last activity and the place of the variant say little where the variant is shown. */
const CHOSEN_ONLY = ['position', 'rank', 'share', 'first', 'last'];

function columnsAtFirst(attributes: CaseAttribute[]): Column[] {
  const own = OWN_COLUMNS.filter((column) => !CHOSEN_ONLY.includes(column));
  const some = attributes.slice(0, FIRST_ATTRIBUTES).map(({ name }) => `@${name}` as const);
  return [...own, ...some];
}

/** What the address says, else what this browser remembers, else the first few. */
export function shownColumns(
  wanted: Column[] | undefined,
  remembered: Column[] | null,
  attributes: CaseAttribute[],
): Column[] {
  const chosen = new Set(wanted ?? remembered ?? columnsAtFirst(attributes));
  const own = OWN_COLUMNS.filter((column) => chosen.has(column));
  const some = allColumns(attributes).filter((one) => one.startsWith('@') && chosen.has(one));
  return [...own, ...some.slice(0, ATTRIBUTE_COLUMNS_MAX)];
}

/** The attributes among some columns, by their names. */
export function attributesIn(columns: Column[]): string[] {
  return columns.filter((column) => column.startsWith('@')).map((column) => column.slice(1));
}

/** The order for the server; that of an attribute which the log does not have is not asked for. */
export function sortFor(
  name: CasesSortName | undefined,
  attributes: CaseAttribute[],
): { name: CasesSortName; sort: CaseSort } {
  if (name?.startsWith('@')) {
    const attribute = name.slice(1);
    return attributes.some((one) => one.name === attribute)
      ? { name, sort: { attribute } }
      : { name: 'duration', sort: 'duration' };
  }
  const own = (name ?? 'duration') as Extract<CaseSort, string>;
  return { name: own, sort: own };
}

/** The attribute of the order where it is money: amounts of one currency stand together. */
export function sortsMoney(name: CasesSortName, attributes: CaseAttribute[]): string | undefined {
  return attributes.find((one) => one.type === 'money' && name === `@${one.name}`)?.name;
}

export function rememberedColumns(log: number): Column[] | null {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(key(log)) ?? 'null');
    return Array.isArray(kept) ? kept.filter(isColumn) : null;
  } catch {
    return null;
  }
}

export function rememberColumns(log: number, columns: Column[] | null): void {
  try {
    if (columns) localStorage.setItem(key(log), JSON.stringify(columns));
    else localStorage.removeItem(key(log));
  } catch {
    // Storage is full or switched off: the choice holds as long as the address.
  }
}

function key(log: number): string {
  return `paydirt.case-columns.${log}`;
}
