// What the address of the page "Dotted chart" says, and what of it the log knows.
import type { Schema } from '../../api/types';
import { TIME_AXES, type TimeAxis } from '../../pictures/dotted/axes';
import { type LogSearch, name, names, on, oneOf, type Raw } from '../explore/search';

export const SORTS = ['start', 'duration', 'case'] as const;
type Sort = (typeof SORTS)[number];
export const SAMPLES = [250, 500, 1_000, 2_000, 5_000, 10_000] as const;
type Sample = (typeof SAMPLES)[number];
export const SAMPLE: Sample = 1_000;
/** So many activities can be told apart by colour; all others share a neutral one. */
export const COLOUR_COUNT = 7;

export interface DottedSearch extends LogSearch {
  /** What the horizontal axis means; the calendar when absent. */
  axis?: TimeAxis;
  sort?: Sort;
  sample?: Sample;
  /** The activities that have a colour; the most frequent ones when absent. */
  colours?: string[];
  /** The activity that is looked at. */
  highlight?: string;
  /** Auxiliary activities too. */
  auxiliary?: true;
  table?: true;
}

export function validateDottedSearch(search: Raw): DottedSearch {
  const colours = names(search.colours);
  return {
    axis: oneOf(search.axis, TIME_AXES),
    sort: oneOf(search.sort, SORTS),
    sample: oneOf(search.sample, SAMPLES),
    colours: colours && colours.length <= COLOUR_COUNT ? colours : undefined,
    highlight: name(search.highlight),
    auxiliary: on(search.auxiliary),
    table: on(search.table),
  };
}

/** Words that name what the log does not have. */
export function unknownWords({ colours, highlight }: DottedSearch, schema: Schema): string[] {
  const activities = new Set(schema.activities.map((one) => one.name));
  return [
    ...(colours?.some((one) => !activities.has(one)) ? ['colours'] : []),
    ...(highlight !== undefined && !activities.has(highlight) ? ['highlight'] : []),
  ];
}
