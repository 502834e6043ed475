// What the addresses of all pages of a log have in common, and what of an address made no sense.

export interface LogSearch {
  /** A version of the log; the current one when absent. */
  version?: number;
  /** Filters as the server understands them. */
  filters?: unknown[];
}

export function validateLogSearch({ version, filters }: Record<string, unknown>): LogSearch {
  const valid: LogSearch = {};
  const number = Number(version);
  if (Number.isSafeInteger(number) && number > 0) valid.version = number;
  if (Array.isArray(filters) && filters.length > 0) valid.filters = filters;
  return valid;
}

/** The address as somebody opened it: the router takes out what it cannot use. */
const opened = { path: location.pathname, search: location.search };

/** What stood in the address of a page when it was opened; nothing for a page reached by a link. */
export function takeOpened(path: string): string {
  if (opened.path !== path) return '';
  opened.path = '';
  return opened.search;
}

/** The words of an address that a page does not know, or whose values it cannot use. */
export function ignoredWords(search: Record<string, unknown>, valid: object): string[] {
  const understood = new Map(Object.entries(valid));
  return Object.keys(search).filter(
    (word) => search[word] !== undefined && understood.get(word) === undefined,
  );
}
