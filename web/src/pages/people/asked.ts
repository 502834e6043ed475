// What the page "People" asks first.
import { handoversQuery } from '../../api/handovers';
import type { AskAhead, Destination } from '../explore/ahead';
import { chosenAttribute, type PeopleSearch } from './search';

interface Asking extends Pick<Destination<PeopleSearch>, 'version' | 'search'> {
  attribute: string;
}

export function handoversAsked({ version, search, attribute }: Asking) {
  const { filters = [], auxiliary = false } = search;
  return handoversQuery({ version: version.id, filters, attribute, auxiliary });
}

export const askAhead: AskAhead<PeopleSearch> = ({ queries, version, schema, search }) => {
  const { attribute } = chosenAttribute(search, schema);
  if (attribute === null || search.show === 'workload') return undefined;
  return queries.prefetchQuery(handoversAsked({ version, search, attribute }));
};
