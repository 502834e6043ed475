// All logs, and the doors to new ones.
export function DataPage() {
  return null;
}
