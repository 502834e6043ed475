// Files that were let go on some page, until the import takes them.

let dropped: File[] = [];

export function keepDropped(files: File[]): void {
  dropped = files;
}

/** Once: the next time there is none. */
export function takeDropped(): File[] {
  const files = dropped;
  dropped = [];
  return files;
}
