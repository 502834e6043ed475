// What the addresses of all places of a log say alike: which version, and the filters.
import { type FilterSearch, ignoredCount, validateFilterSearch } from '../../filters/chips';
import { noteIgnored } from '../../filters/ignored';

export interface LogSearch extends FilterSearch {
  /** A version of the log; the current one when absent. */
  version?: number;
  /** The number of the saved view that is shown, changed or not. */
  view?: number;
}

export type Raw = Record<string, unknown>;

/** Makes sense of an address of a place, and takes note of what makes none. */
export function validateWith<S extends object>(own: (search: Raw) => S) {
  return (search: Raw): S & LogSearch => {
    const valid = { ...own(search), ...validateLogSearch(search) };
    const words = ignoredWords(search, valid);
    noteIgnored({ filters: ignoredCount(search), words });
    // Unsaid, for the router would let unknown words through as they stand.
    return { ...Object.fromEntries(words.map((word) => [word, undefined])), ...valid };
  };
}

/** What another place of the same log is to keep: a saved view is one of a page. */
export function sharedSearch(search: Raw): LogSearch {
  return { ...validateLogSearch(search), view: undefined };
}

/** The address of another page of the log, with the same version and these filters. */
export function linkSearch(version: number | undefined, filters: unknown[]): LogSearch {
  return {
    ...(version === undefined ? {} : { version }),
    ...(filters.length === 0 ? {} : { filters }),
  };
}

function validateLogSearch(search: Raw): LogSearch {
  const [version, view] = [count(search.version), count(search.view)];
  return { version, view, ...validateFilterSearch(search) };
}

function count(value: unknown): number | undefined {
  const number = Number(value);
  return Number.isSafeInteger(number) && number > 0 ? number : undefined;
}

/** Words of an address that are unknown or have a value that is. */
function ignoredWords(search: Raw, valid: object): string[] {
  const known = new Map(Object.entries(valid));
  const counted = ['filters', 'paused'];
  return Object.keys(search).filter(
    (word) =>
      search[word] !== undefined && known.get(word) === undefined && !counted.includes(word),
  );
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
