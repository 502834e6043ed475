// What the page "Dotted chart" asks.
import { dottedQuery } from '../../api/dotted';
import type { AskAhead, Destination } from '../explore/ahead';
import { type DottedSearch, SAMPLE } from './search';

type Asking = Pick<Destination<DottedSearch>, 'version' | 'search'>;

export function asked({ version, search }: Asking) {
  const { filters = [], sort = 'start', sample = SAMPLE } = search;
  return dottedQuery({ version: version.id, filters, sort, sample });
}

export const askAhead: AskAhead<DottedSearch> = (to) => to.queries.prefetchQuery(asked(to));
