// What the address of the cases says: `validateCasesSearch` makes sense of what stands there.
import type { LogSearch } from '../explore/search';

/** What every case has; case attributes are named with `@` before their name. */
export const OWN_COLUMNS = [
  'position',
  'start',
  'end',
  'duration',
  'events',
  'variant',
  'rank',
  'share',
  'first',
  'last',
] as const;
type OwnColumn = (typeof OWN_COLUMNS)[number];
type AttributeColumn = `@${string}`;
export type Column = OwnColumn | AttributeColumn;
export const OWN_SORTS = ['case', 'start', 'end', 'duration', 'events', 'variant'] as const;
export type CasesSortName = (typeof OWN_SORTS)[number] | AttributeColumn;

export interface CasesSearch extends LogSearch {
  /** Only cases whose id holds this. */
  q?: string;
  /** What decides the order; the duration when absent. */
  sort?: CasesSortName;
  /** The smallest first. */
  asc?: true;
  /** The columns beside the id; what this browser remembers when absent. */
  columns?: Column[];
  /** The case that is open. */
  case?: string;
  /** The open case takes the whole page. */
  wide?: true;
  /** The lanes of its timeline are people instead of activities. */
  people?: true;
}

/** Every word the page knows, unsaid: the router would otherwise let nonsense through. */
const UNSAID: { [Word in keyof Required<Omit<CasesSearch, keyof LogSearch>>]: undefined } = {
  q: undefined,
  sort: undefined,
  asc: undefined,
  columns: undefined,
  case: undefined,
  wide: undefined,
  people: undefined,
};

export function validateCasesSearch(search: Record<string, unknown>): CasesSearch {
  const valid: CasesSearch = { ...UNSAID };
  const { sort, columns } = search;
  const [q, id] = [word(search.q), word(search.case)];
  if (q !== null) valid.q = q;
  if (isSort(sort) && sort !== 'duration') valid.sort = sort;
  if (search.asc === true) valid.asc = true;
  if (Array.isArray(columns) && columns.every(isColumn)) valid.columns = [...new Set(columns)];
  if (id !== null) {
    valid.case = id;
    if (search.wide === true) valid.wide = true;
    if (search.people === true) valid.people = true;
  }
  return valid;
}

export function isColumn(value: unknown): value is Column {
  return OWN_COLUMNS.some((one) => one === value) || isAttribute(value);
}

function isSort(value: unknown): value is CasesSortName {
  return OWN_SORTS.some((one) => one === value) || isAttribute(value);
}

function isAttribute(value: unknown): value is AttributeColumn {
  return typeof value === 'string' && value.startsWith('@') && value.length > 1;
}

/** The router reads what looks like a number as one: the id of a case often does. */
function word(value: unknown): string | null {
  if (typeof value === 'number') return String(value);
  return typeof value === 'string' && value !== '' ? value : null;
}
