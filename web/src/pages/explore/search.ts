// What the addresses of all places of a log say alike: which version, and the filters.
import { type FilterSearch, ignoredCount, validateFilterSearch } from '../../filters/chips';
import { noteIgnored } from '../../filters/ignored';

export interface LogSearch extends FilterSearch {
  /** A version of the log; the current one when absent. */
  version?: number;
}

type Raw = Record<string, unknown>;

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

/** What another place of the same log is to keep. */
export function sharedSearch(search: Raw): LogSearch {
  return validateLogSearch(search);
}

function validateLogSearch(search: Raw): LogSearch {
  const version = Number(search.version);
  const isVersion = Number.isSafeInteger(version) && version > 0;
  return { version: isVersion ? version : undefined, ...validateFilterSearch(search) };
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
