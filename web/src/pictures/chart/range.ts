// How places and values of a chart belong together, and what range a hand draws.

export interface Range {
  from: number;
  to: number;
}

export type Scale = (value: number) => number;

export function scale([from, to]: [number, number], [left, right]: [number, number]): Scale {
  const span = to - from || 1;
  return (value) => left + ((value - from) / span) * (right - left);
}

/** The bins that two places touch, as one range; nothing where both are the same edge. */
export function rangeBetween(edges: number[], one: number, other: number): Range | null {
  const [low, high] = one <= other ? [one, other] : [other, one];
  const first = edges[0];
  const last = edges[edges.length - 1];
  if (first === undefined || last === undefined || high < first || low >= last) return null;
  const from = edges.findLast((edge) => edge <= low) ?? first;
  const to = edges.find((edge) => edge > high || (edge === high && edge > from)) ?? last;
  return from < to ? { from, to } : null;
}

/** Where a key moves one end of a range; nothing where it means something else. */
export function steppedEdge(
  edges: number[],
  range: Range,
  end: 'from' | 'to',
  key: string,
): number | null {
  const allowed = edges.filter((edge) => (end === 'from' ? edge < range.to : edge > range.from));
  const here = allowed.indexOf(range[end]);
  switch (key) {
    case 'ArrowLeft':
    case 'ArrowDown':
      return allowed[Math.max(0, here - 1)] ?? null;
    case 'ArrowRight':
    case 'ArrowUp':
      return allowed[Math.min(allowed.length - 1, here + 1)] ?? null;
    case 'Home':
      return allowed[0] ?? null;
    case 'End':
      return allowed[allowed.length - 1] ?? null;
    default:
      return null;
  }
}

const CORNER = 2;

/** A bar with round upper corners. */
export function barPath(left: number, right: number, top: number, bottom: number): string {
  if (right <= left || bottom <= top) return '';
  const round = Math.min(CORNER, (right - left) / 2, bottom - top);
  return `M${left},${bottom}V${top + round}q0,${-round} ${round},${-round}H${right - round}q${round},0 ${round},${round}V${bottom}Z`;
}

/** A line through what is known; it breaks where nothing is. */
export function linePath(points: ([number, number] | null)[]): string {
  let path = '';
  let isOn = false;
  for (const point of points) {
    if (point) path += `${isOn ? 'L' : 'M'}${point[0]},${point[1]}`;
    isOn = point !== null;
  }
  return path;
}
