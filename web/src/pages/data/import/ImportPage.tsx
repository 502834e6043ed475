// From a file to a log, in four steps.
export function ImportPage() {
  return null;
}
