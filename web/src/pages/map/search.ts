// What the address of the map says: `validateMapSearch` makes sense of whatever stands there.

export interface MapSearch {
  /** A version of the log; the current one when absent. */
  version?: number;
}

export function validateMapSearch(search: Record<string, unknown>): MapSearch {
  const version = Number(search.version);
  return Number.isSafeInteger(version) && version > 0 ? { version } : {};
}
