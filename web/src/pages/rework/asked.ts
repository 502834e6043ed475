// What the page "Rework" asks.
import { reworkQuery } from '../../api/rework';
import type { Schema } from '../../api/types';
import type { AskAhead, Destination } from '../explore/ahead';
import { looksAtAuxiliary, type ReworkSearch } from './search';

interface Asking extends Pick<Destination<ReworkSearch>, 'version' | 'search'> {
  schema: Schema | undefined;
}

export function asked({ version, search, schema }: Asking) {
  const { filters = [], auxiliary = false } = search;
  return reworkQuery({
    version: version.id,
    filters,
    auxiliary: looksAtAuxiliary(schema, auxiliary),
  });
}

export const askAhead: AskAhead<ReworkSearch> = (to) => to.queries.prefetchQuery(asked(to));
