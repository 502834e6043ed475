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

/** The last row that the server gives, from the beginning of the list or from a mark in it. */
export const CASE_ROWS_MAX = 10_000;
/** Rows of one page. */
export const CASE_PAGE = 100;
/** Cases from one mark of a long list to the next; a multiple of a page. */
const MARK_STEP = 1_000;

export interface CasesOrder extends Scope {
  sort: CaseSort;
  descending: boolean;
  search: string;
  /** The attributes that are shown. */
  attributes: string[];
  /** Whether rows tell the rank of their variants. */
  ranks: boolean;
  /** Whether the steps of their paths are told. */
  paths: boolean;
}

/** Where a list can be entered: from its beginning, or after every so many cases. */
export type Marks = string[];

export interface CasesPage extends ScopeAnswer {
  answer: CasesAnswer;
  /** The steps of the variants of these cases, where asked for. */
  paths: ReadonlyMap<string, string[]>;
}

export function casesQuery(order: CasesOrder, page: number, marks: Marks = []) {
  return queryOptions({
    queryKey: ['cases', order, page],
    queryFn: ({ signal }) =>
      askCases(order, { ...placeOf(page * CASE_PAGE, marks), limit: CASE_PAGE }, signal),
    staleTime: Number.POSITIVE_INFINITY,
  });
}

/** The places of a long list, asked for once for each order of it. */
export function marksQuery(order: CasesOrder) {
  return queryOptions({
    queryKey: ['case-marks', order],
    queryFn: async ({ signal }): Promise<Marks> => {
      const place = { offset: 0, limit: 0, marks: MARK_STEP };
      const { answer } = await askCases(
        { ...order, attributes: [], ranks: false, paths: false },
        place,
        signal,
      );
      return answer.marks ?? [];
    },
    staleTime: Number.POSITIVE_INFINITY,
    // A list that is too long for marks stays so.
    retry: false,
  });
}

/** Where a row is: near the beginning counted from there, else from the mark before it. */
export function placeOf(row: number, marks: Marks): { offset: number; after?: string } {
  const step = Math.floor(row / MARK_STEP);
  const after = marks[step - 1];
  if (row + CASE_PAGE <= CASE_ROWS_MAX || after === undefined) return { offset: row };
  return { offset: row - step * MARK_STEP, after };
}

/** All rows of a list, each part after the one before it. */
export async function askAllCases(order: CasesOrder, signal?: AbortSignal): Promise<CaseRow[]> {
  const rows: CaseRow[] = [];
  let after: string | null | undefined;
  do {
    const place = { offset: 0, limit: CASE_ROWS_MAX, ...(after ? { after } : {}) };
    const { answer } = await askCases({ ...order, paths: false }, place, signal);
    rows.push(...answer.cases);
    after = answer.next;
  } while (after);
  return rows;
}

interface Place {
  offset: number;
  limit: number;
  after?: string;
  marks?: number;
}

async function askCases(order: CasesOrder, place: Place, signal?: AbortSignal): Promise<CasesPage> {
  const { sort, descending, search, attributes, ranks, paths } = order;
  const params = {
    sort,
    descending,
    attributes,
    ...place,
    ...(ranks ? { ranks } : {}),
    ...(paths ? { paths } : {}),
    ...(search === '' ? {} : { search }),
  };
  const all = await ask(order, [{ id: 'cases', question: 'cases', params }], signal);
  const answer = answerOf<CasesAnswer>(all, 'cases');
  const steps = (answer.paths ?? []).map((path) => [path.variant, path.activities] as const);
  return { ...scopeOf(all), answer, paths: new Map(steps) };
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
