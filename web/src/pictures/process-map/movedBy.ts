// How far activities were moved by hand, as an address says it.

/** How far each was moved, across and down, in the measure of the drawing. */
export type Moved = Record<string, readonly [number, number]>;

/** An address has room for so many. */
const MOVED_MAX = 60;
const DISTANCE_MAX = 20_000;

/** What an address says, as far as it makes sense. */
export function validMoved(value: unknown): Moved | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  const entries = Object.entries(value).flatMap(([name, by]): [string, [number, number]][] => {
    if (!Array.isArray(by) || by.length !== 2) return [];
    const [x, y] = by.map((one) => (Number.isFinite(one) ? Math.round(Number(one)) : 0));
    const isFar = Math.abs(x ?? 0) > DISTANCE_MAX || Math.abs(y ?? 0) > DISTANCE_MAX;
    return isFar || (!x && !y) ? [] : [[name, [x ?? 0, y ?? 0]]];
  });
  return entries.length > 0 ? Object.fromEntries(entries.slice(-MOVED_MAX)) : undefined;
}

/** One activity moved further; back where it stood it is not moved at all. */
export function movedFurther(
  moved: Moved | undefined,
  activity: string,
  [x, y]: readonly [number, number],
): Moved | undefined {
  const [beforeX, beforeY] = moved?.[activity] ?? [0, 0];
  const { [activity]: _, ...others } = moved ?? {};
  return validMoved({ ...others, [activity]: [beforeX + x, beforeY + y] });
}
