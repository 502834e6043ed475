// What every editor of a filter is given: the filter as far as it is made, and what there is.
import type { Version } from '../../api/types';
import type { Filter, FilterKind, OneFilter } from '../filter';

export interface Selection {
  log: number;
  version: Version;
  /** The other filters at work. */
  filters: Filter[];
}

/** A filter on its way; what is missing or wrong shows when it is read as one. */
export type Draft = Record<string, unknown>;

export interface EditorProps {
  kind: FilterKind;
  draft: Draft;
  selection: Selection;
  onDraft: (draft: Draft) => void;
}

/** The fields of the draft that an editor knows. */
export function fieldsOf<F extends OneFilter>(draft: Draft): Partial<F> {
  return draft as Partial<F>;
}
