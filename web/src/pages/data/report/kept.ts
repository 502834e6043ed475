// What is imported as it is although it looks wrong: the rules of data quality that never refuse.

/** Each with what is asked of the user. */
export const KEPT = [
  { kind: 'future-time', detail: 'import.doubt.detail' },
  { kind: 'ancient-time', detail: 'import.doubt.detail' },
  { kind: 'repeated-event', detail: 'import.doubt.repeated' },
] as const;

export function isKept(kind: string): boolean {
  return KEPT.some((kept) => kept.kind === kind);
}
