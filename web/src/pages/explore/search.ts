// What the address of every page about a log says, and how sense is made of it.

export interface LogSearch {
  /** A version of the log; the current one when absent. */
  version?: number;
  /** Filters as the server understands them. */
  filters?: unknown[];
}

export type Raw = Record<string, unknown>;

export function logSearch({ version, filters }: Raw): LogSearch {
  const isVersion = Number.isSafeInteger(version) && Number(version) > 0;
  return {
    version: isVersion ? Number(version) : undefined,
    filters: Array.isArray(filters) && filters.length > 0 ? filters : undefined,
  };
}

export function name(value: unknown): string | undefined {
  // The router reads what looks like a number as one; names of attributes may.
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** A list without repeats; nothing where any of it is no name. */
export function names(value: unknown): string[] | undefined {
  if (!Array.isArray(value) || value.length === 0) return undefined;
  const all = value.map(name);
  return all.every((one) => one !== undefined) ? [...new Set(all)] : undefined;
}

export function oneOf<T extends string | number>(
  value: unknown,
  options: readonly T[],
): T | undefined {
  return options.find((option) => option === value);
}

export function someOf<T extends string>(value: unknown, options: readonly T[]): T[] | undefined {
  const all = names(value)?.map((one) => oneOf(one, options));
  return all?.every((one) => one !== undefined) ? all : undefined;
}

export function on(value: unknown): true | undefined {
  return value === true ? true : undefined;
}

export function atLeastZero(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isFinite(value) && value >= 0 ? value : undefined;
}

/** The words of an address that the page could make no sense of. */
export function ignoredWords(raw: Raw, understood: object): string[] {
  const kept = new Map<string, unknown>(Object.entries(understood));
  return Object.entries(raw)
    .filter(([word, value]) => value !== undefined && !isSame(value, kept.get(word)))
    .map(([word]) => word);
}

function isSame(left: unknown, right: unknown): boolean {
  return JSON.stringify(left) === JSON.stringify(right) || String(left) === right;
}

/** The address as somebody opened it: the router takes out what it cannot use. */
const opened = { path: location.pathname, search: location.search };

/** What stood in the address of a page when it was opened; nothing for a page reached by a link. */
export function takeOpened(path: string): string {
  if (opened.path !== path) return '';
  opened.path = '';
  return opened.search;
}
