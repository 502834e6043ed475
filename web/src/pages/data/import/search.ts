// What the address of the import says.
export interface ImportSearch {
  upload?: string;
}
export function validateImportSearch(search: Record<string, unknown>): ImportSearch {
  return typeof search.upload === 'string' ? { upload: search.upload } : {};
}
