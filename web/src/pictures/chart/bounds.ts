// What bounds a hand or a key chooses on a histogram: always whole bins, and none at its ends.

export interface Bin {
  from: number;
  to: number;
  count: number;
}

/** Missing where nothing is left out on that side. */
export interface Bounds {
  from?: number | undefined;
  to?: number | undefined;
}

export type Which = 'from' | 'to';

export function edgesOf(bins: Bin[]): number[] {
  const last = bins.at(-1);
  return last ? [...bins.map(({ from }) => from), last.to] : [];
}

/** All bins that lie between two places or hold one of them. */
export function drawnBounds(edges: number[], one: number, other: number): Bounds {
  const [low, high] = one <= other ? [one, other] : [other, one];
  const from = edges.findLast((edge) => edge <= low) ?? edges[0];
  const to = edges.find((edge) => edge >= high && edge !== from) ?? edges.at(-1);
  return opened(edges, { from, to });
}

/** The bounds with one of them an edge further, or at its end; nothing for other keys. */
export function movedBound(
  edges: number[],
  { from, to }: { from: number; to: number },
  which: Which,
  key: string,
): Bounds | undefined {
  const allowed = edges.filter((edge) => (which === 'from' ? edge < to : edge > from));
  const here = which === 'from' ? from : to;
  const next = {
    ArrowLeft: () => allowed.findLast((edge) => edge < here),
    ArrowDown: () => allowed.findLast((edge) => edge < here),
    ArrowRight: () => allowed.find((edge) => edge > here),
    ArrowUp: () => allowed.find((edge) => edge > here),
    Home: () => allowed[0],
    End: () => allowed.at(-1),
  }[key];
  return next && opened(edges, { from, to, [which]: next() ?? here });
}

/** A bound at the end of the histogram is none: nothing is left out there. */
function opened(edges: number[], { from, to }: Bounds): Bounds {
  return {
    from: from === edges[0] ? undefined : from,
    to: to === edges.at(-1) ? undefined : to,
  };
}
