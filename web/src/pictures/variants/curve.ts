// Where the cumulative curve runs: how many cases the most frequent variants cover together.
//
// The axis is logarithmic: the few frequent variants of a log stay apart from its long tail. Rank r
// lies between the borders r - 1 and r.

/** The place of a border on the axis, from 0 to 1. */
export function placeOf(border: number, total: number): number {
  return total === 0 ? 0 : Math.log1p(border) / Math.log1p(total);
}

/** The border at a place, not rounded. */
function borderAt(place: number, total: number): number {
  return Math.expm1(Math.min(1, Math.max(0, place)) * Math.log1p(total));
}

/** The ranks between two places of the axis; at least one. */
export function ranksBetween(one: number, other: number, total: number): [number, number] {
  const from = Math.floor(borderAt(Math.min(one, other), total) + ROUNDING) + 1;
  const to = Math.ceil(borderAt(Math.max(one, other), total) - ROUNDING);
  const first = Math.min(Math.max(1, from), total);
  return [first, Math.max(first, Math.min(to, total))];
}

/** A border that was hit is not missed by the last digit of a logarithm. */
const ROUNDING = 1e-6;

/** A point of the curve: place and share, both from 0 to 1. */
type CurvePoint = [place: number, share: number];

const POINTS_MAX = 600;

/** Variants that are equally frequent. */
export interface SizeOfSome {
  cases: number;
  variants: number;
}

/** The cumulative share of each rank, from the first on. */
export function sharesOf(sizes: SizeOfSome[], cases: number): number[] {
  const shares: number[] = [];
  let covered = 0;
  for (const size of sizes) {
    for (let one = 0; one < size.variants; one += 1) {
      covered += size.cases;
      shares.push(covered / cases);
    }
  }
  return shares;
}

/** `shares`: the cumulative share of each rank, from the first on. */
export function curvePoints(shares: number[]): CurvePoint[] {
  const total = shares.length;
  const points: CurvePoint[] = [[0, 0]];
  for (let rank = 1; rank <= total; ) {
    const place = placeOf(rank, total);
    points.push([place, shares[rank - 1] ?? 1]);
    // Ranks that would fall on the same spot are passed over, but not the last.
    const next = Math.ceil(borderAt(place + 1 / POINTS_MAX, total) - ROUNDING);
    rank = rank < total ? Math.min(total, Math.max(rank + 1, next)) : total + 1;
  }
  return points;
}

/** The first rank with which a share of the cases is reached. */
export function rankReaching(shares: number[], wanted: number): number {
  return shares.findIndex((share) => share >= wanted) + 1;
}

/** Ranks that are written below the axis. */
export function rankTicks(total: number): number[] {
  const ticks: number[] = [];
  for (let size = 1; size <= total; size *= 10) {
    ticks.push(...[1, 2, 5].map((one) => one * size).filter((rank) => rank <= total));
  }
  const apart: number[] = [];
  for (const rank of ticks) {
    const before = apart.at(-1);
    if (before === undefined || placeOf(rank, total) - placeOf(before, total) >= TICK_GAP) {
      apart.push(rank);
    }
  }
  return apart;
}

const TICK_GAP = 0.06;
