// How values become colours and widths: the ends of a scale are the least and the most that is shown.

export interface Domain {
  least: number;
  most: number;
}

/** The domain of some values; `null` when there is none. */
export function domainOf(values: Iterable<number | null>): Domain | null {
  let domain: Domain | null = null;
  for (const value of values) {
    if (value === null) continue;
    domain =
      domain === null
        ? { least: value, most: value }
        : { least: Math.min(domain.least, value), most: Math.max(domain.most, value) };
  }
  return domain;
}

type ScaleKind = 'linear' | 'root';

/** Where a value lies in its domain, from 0 to 1. Of a domain of one value: in the middle. */
export function place(value: number, { least, most }: Domain, kind: ScaleKind): number {
  const bend = kind === 'root' ? Math.sqrt : (one: number) => one;
  const span = bend(most) - bend(least);
  if (span <= 0) return 0.5;
  return Math.max(0, Math.min(1, (bend(value) - bend(least)) / span));
}

const WIDTH_LEAST = 1.15;
const WIDTH_RANGE = 7.2;
const TERMINAL_WIDTH_LEAST = 1.4;
const TERMINAL_WIDTH_RANGE = 1.4;

/** The width of a path always means cases, whatever the colours mean. */
export function pathWidth(cases: number, most: number): number {
  return WIDTH_LEAST + WIDTH_RANGE * Math.sqrt(most === 0 ? 0 : Math.min(1, cases / most));
}

/** Dotted paths of starts and ends stay thin. */
export function terminalWidth(cases: number, most: number): number {
  const share = Math.sqrt(most === 0 ? 0 : Math.min(1, cases / most));
  return TERMINAL_WIDTH_LEAST + TERMINAL_WIDTH_RANGE * share;
}
