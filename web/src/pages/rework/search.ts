// What the address of the page "Rework" says, and what of it the log knows.
import type { Schema } from '../../api/types';
import { type LogSearch, name, on, type Raw } from '../explore/search';

export interface ReworkSearch extends LogSearch {
  /** Auxiliary activities too. */
  auxiliary?: true;
  /** The activity that is looked at. */
  activity?: string;
}

export function validateReworkSearch(search: Raw): ReworkSearch {
  return {
    auxiliary: on(search.auxiliary),
    activity: name(search.activity),
  };
}

/** Whether auxiliary activities are looked at: a log of nothing but side notes is looked at whole. */
export function looksAtAuxiliary(schema: Schema | undefined, wanted: boolean): boolean {
  const activities = schema?.activities ?? [];
  return wanted || (activities.length > 0 && activities.every((one) => one.auxiliary));
}
