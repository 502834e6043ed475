// The process map of a log.

export function MapPage() {
  return null;
}
