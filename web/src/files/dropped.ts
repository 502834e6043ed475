// A file that was let go on some page, until the import takes it.

let dropped: File | undefined;

export function keepDropped(file: File): void {
  dropped = file;
}

/** Once: the next time there is none. */
export function takeDropped(): File | undefined {
  const file = dropped;
  dropped = undefined;
  return file;
}
