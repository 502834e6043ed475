// Which people stand in the matrix, and what each of its cells says.
import type { Handover, HandoversAnswer } from '../../api/handovers';
import type { Metric } from './search';

/** Somebody; `null` where it is not known who. */
export type Person = string | null;

export interface Matrix {
  /** Those with most cases, and among them, without a place of its own, who is not known. */
  people: Person[];
  /** The pairs between them, by row and column; nothing where no work went that way. */
  cells: (Handover | null)[][];
  /** The largest value of the metric between two different people. */
  most: number;
}

export function matrixOf(answer: HandoversAnswer, top: number, metric: Metric): Matrix {
  let left = top;
  const people = answer.resources
    .map((one): Person => one.resource ?? null)
    .filter((person) => {
      if (person !== null) left -= 1;
      return person === null || left >= 0;
    });
  const places = new Map(people.map((person, idx) => [person, idx]));
  const cells: (Handover | null)[][] = people.map(() => people.map(() => null));
  let most = 0;
  for (const pair of answer.pairs) {
    const row = places.get(pair.from ?? null);
    const column = places.get(pair.to ?? null);
    const line = row === undefined ? undefined : cells[row];
    if (!line || column === undefined) continue;
    line[column] = pair;
    // What stays with one person would outshine all that changes hands.
    if (row !== column) most = Math.max(most, figureOf(pair, metric) ?? 0);
  }
  return { people, cells, most };
}

export function figureOf(pair: Handover, metric: Metric): number | null {
  switch (metric) {
    case 'handovers':
      return pair.handovers;
    case 'cases':
      return pair.cases;
    case 'wait':
      return pair.wait_s?.median ?? null;
  }
}

/** From 0 to 1: counts and waits are far apart, so that the root tells the small ones apart. */
export function strengthOf(value: number | null, most: number): number {
  return value === null || most <= 0 ? 0 : Math.sqrt(Math.min(1, value / most));
}

export function isSamePerson(pair: Handover | null, from: Person, to: Person): boolean {
  return pair !== null && (pair.from ?? null) === from && (pair.to ?? null) === to;
}
