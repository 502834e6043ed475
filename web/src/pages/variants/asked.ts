// What the page "Variants" asks first.
import { type VariantsOrder, variantsQuery } from '../../api/variants';
import type { AskAhead, Destination } from '../explore/ahead';
import { groupAttributes } from '../explore/attributes';
import type { VariantsSearch } from './search';

interface Asking extends Pick<Destination<VariantsSearch>, 'version'> {
  filters: unknown[];
  by: string | undefined;
}

export function orderOf({ version, filters, by }: Asking): VariantsOrder {
  return { version: version.id, filters, by };
}

export const askAhead: AskAhead<VariantsSearch> = ({ queries, version, schema, search }) => {
  const { filters = [], by } = search;
  const known = by !== undefined && groupAttributes(schema).includes(by) ? by : undefined;
  return queries.prefetchInfiniteQuery(variantsQuery(orderOf({ version, filters, by: known })));
};
