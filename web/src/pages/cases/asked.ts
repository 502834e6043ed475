// What the page "Cases" asks first.
import { type CaseSort, type CasesOrder, casesQuery } from '../../api/cases';
import type { AskAhead, Destination } from '../explore/ahead';
import { attributesIn, caseAttributes, rememberedColumns, shownColumns, sortFor } from './columns';
import type { CasesSearch, Column } from './search';

interface Asking extends Pick<Destination<CasesSearch>, 'version' | 'search'> {
  columns: Column[];
  sort: CaseSort;
}

export function orderOf({ version, search, columns, sort }: Asking): CasesOrder {
  return {
    version: version.id,
    filters: search.filters ?? [],
    sort,
    descending: search.asc !== true,
    search: search.q ?? '',
    attributes: attributesIn(columns),
    ranks: columns.includes('rank') || columns.includes('share'),
    paths: columns.includes('variant'),
  };
}

export const askAhead: AskAhead<CasesSearch> = ({ queries, log, version, schema, search }) => {
  const attributes = caseAttributes(schema);
  const columns = shownColumns(search.columns, rememberedColumns(log.id), attributes);
  const { sort } = sortFor(search.sort, attributes);
  return queries.prefetchQuery(casesQuery(orderOf({ version, search, columns, sort }), 0));
};
