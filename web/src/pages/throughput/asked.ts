// What the page "Throughput" asks.
import { throughputQuery } from '../../api/throughput';
import type { AskAhead, Destination } from '../explore/ahead';
import { type ThroughputSearch, understood } from './search';

type Asking = Pick<Destination<ThroughputSearch>, 'version' | 'search'>;

/** `search`: what of it the log knows. */
export function asked({ version, search }: Asking) {
  const { filters = [], ends = [], by, period } = search;
  return throughputQuery({ version: version.id, filters, ends, by, period });
}

export const askAhead: AskAhead<ThroughputSearch> = ({ queries, version, schema, search }) =>
  queries.prefetchQuery(asked({ version, search: understood(search, schema).search }));
