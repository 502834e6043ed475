// Which values have a colour of their own, and what the others are called together.
import type { MovementValue } from '../../../api/movements';

/** Colours that can be told apart; the last category is for all others. */
const TOLD_APART = 7;
const OTHERS = 'category-8';
const MISSING = 'map-muted-path';

interface LegendEntry {
  kind: 'value' | 'others' | 'missing';
  /** The value; absent where it is not one. */
  value?: string | undefined;
  /** How many values it stands for. */
  values: number;
  cases: number;
  /** The name of a token of `tokens.css`. */
  colour: string;
}

export interface Legend {
  entries: LegendEntry[];
  /** The colour at each place of the answer's list. */
  colours: string[];
}

/** The most frequent values first, then all others together, then cases without a value. */
export function legendOf(values: MovementValue[], valueText: (value: unknown) => string): Legend {
  const entries: LegendEntry[] = [];
  const rest: LegendEntry = { kind: 'others', values: 0, cases: 0, colour: OTHERS };
  let missing: LegendEntry | null = null;
  const colours = values.map(({ stands_for, value, values: count, cases }) => {
    if (stands_for === 'missing') {
      missing = { kind: 'missing', values: 0, cases, colour: MISSING };
      return MISSING;
    }
    if (stands_for === 'value' && entries.length < TOLD_APART) {
      const colour = `category-${entries.length + 1}`;
      entries.push({ kind: 'value', value: valueText(value), values: 1, cases, colour });
      return colour;
    }
    // One value alone is no rest.
    if (stands_for === 'value') rest.value = valueText(value);
    rest.values += count;
    rest.cases += cases;
    return OTHERS;
  });
  if (rest.values === 1 && rest.value !== undefined) entries.push({ ...rest, kind: 'value' });
  else if (rest.values > 0) entries.push({ ...rest, value: undefined });
  if (missing) entries.push(missing);
  return { entries, colours };
}
