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

/** The activities to look at: all without a list. */
export function wantedActivities(
  schema: Schema | undefined,
  auxiliary: boolean,
): string[] | undefined {
  const main = (schema?.activities ?? []).filter((one) => !one.auxiliary).map((one) => one.name);
  const hasAuxiliary = main.length < (schema?.activities.length ?? 0);
  // A log of nothing but side notes is looked at whole.
  return auxiliary || !hasAuxiliary || main.length === 0 ? undefined : main;
}
