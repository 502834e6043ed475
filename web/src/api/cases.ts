// The cases of a version: pages of a sorted table, and one case with all that happened in it.
import { queryOptions } from '@tanstack/react-query';
import { answerOf, ask, type Scope, type ScopeAnswer, scopeOf } from './analysis';
import type { components } from './schema';

type Schemas = components['schemas'];
export type CasesAnswer = Schemas['answer.cases'];
export type CaseRow = Schemas['CaseRow'];
export type CaseAnswer = Schemas['answer.case'];
export type CaseEvent = Schemas['CaseEvent'];
export type AttributeType = Schemas['AttributeType'];
export type CaseSort = Schemas['Sort'];

/** The last row of a table that the server gives. */
export const CASE_ROWS_MAX = 10_000;
/** Rows of one page. */
export const CASE_PAGE = 100;

export interface CasesOrder extends Scope {
  sort: CaseSort;
  descending: boolean;
  search: string;
  /** The attributes that are shown. */
  attributes: string[];
}

export interface CasesPage extends ScopeAnswer {
  answer: CasesAnswer;
}

export function casesQuery(order: CasesOrder, page: number) {
  return queryOptions({
    queryKey: ['cases', order, page],
    queryFn: ({ signal }) => askCases(order, page * CASE_PAGE, CASE_PAGE, signal),
    staleTime: Number.POSITIVE_INFINITY,
  });
}

export async function askCases(
  order: CasesOrder,
  offset: number,
  limit: number,
  signal?: AbortSignal,
): Promise<CasesPage> {
  const { sort, descending, search, attributes } = order;
  const params = {
    sort,
    descending,
    attributes,
    offset,
    limit,
    ...(search === '' ? {} : { search }),
  };
  const answer = await ask(order, [{ id: 'cases', question: 'cases', params }], signal);
  return { ...scopeOf(answer), answer: answerOf(answer, 'cases') };
}

export interface CaseOfVersion {
  timeZone: string;
  answer: CaseAnswer;
}

/** The whole case, whatever the filters of the page leave of it. */
export function caseQuery(version: string, id: string) {
  return queryOptions({
    queryKey: ['case', version, id],
    queryFn: async ({ signal }): Promise<CaseOfVersion> => {
      const tile = { id: 'case', question: 'case', params: { case: id } };
      const answer = await ask({ version, filters: [] }, [tile], signal);
      return { timeZone: answer.time_zone, answer: answerOf(answer, 'case') };
    },
    staleTime: Number.POSITIVE_INFINITY,
  });
}
