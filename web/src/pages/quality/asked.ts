// What the page "Data quality" asks.
import { coverageQuery, qualityQuery } from '../../api/quality';
import type { AskAhead } from '../explore/ahead';
import type { QualitySearch } from './search';

export const askAhead: AskAhead<QualitySearch> = ({ queries, log, version, search }) => {
  const which = { log: log.id, version: version.number };
  return search.tab === 'figures'
    ? queries.prefetchQuery(coverageQuery(which, search.template))
    : queries.prefetchQuery(qualityQuery(which));
};
