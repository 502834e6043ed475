// The rows of the table of cases: pages are asked for when they come into sight.
import { keepPreviousData, useQueries, useQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback, useMemo, useState } from 'react';
import type { ScopeAnswer } from '../../api/analysis';
import {
  CASE_PAGE,
  CASE_ROWS_MAX,
  type CaseRow,
  type CasesOrder,
  type CasesPage,
  casesQuery,
  type Marks,
  marksQuery,
} from '../../api/cases';

/** Browsers refuse to scroll through what is much higher than so many rows. */
const ROWS_MAX = 450_000;
const NO_MARKS: Marks = [];
/** Nobody prints more; the file has them all. */
export const PAPER_ROWS = 500;

export interface CaseRows {
  scope: ScopeAnswer | undefined;
  /** Cases that filters and search leave. */
  total: number;
  /** How many of them the table holds. */
  count: number;
  /** The row at a place of the table; missing while it is on its way. */
  rowAt: (idx: number) => CaseRow | undefined;
  /** The place of a case whose page is here. */
  placeOf: (id: string) => number | null;
  /** The steps of a variant; missing where they were not asked for. */
  stepsOf: (variant: string) => string[] | undefined;
  /** What is shown belongs to another order; the wanted is on its way. */
  isOld: boolean;
  error: Error | null;
  retry: () => void;
  /** Rows from one place to another have come into sight. */
  onSight: (first: number, last: number) => void;
  /** The row at a place, asked for if need be. */
  readRow: (idx: number) => Promise<CaseRow | undefined>;
}

export function useCaseRows(order: CasesOrder): CaseRows {
  const client = useQueryClient();
  const [[from, to], setSight] = useState<[number, number]>([0, 0]);
  const first = useQuery({ ...casesQuery(order, 0), placeholderData: keepPreviousData });
  const isOld = first.isPlaceholderData;
  const hasFirst = first.data !== undefined;
  const total = first.data?.answer.total ?? 0;
  const isLong = total > CASE_ROWS_MAX && !isOld;
  const marked = useQuery({ ...marksQuery(order), enabled: isLong });
  const marks = isLong ? (marked.data ?? NO_MARKS) : NO_MARKS;
  // Where a list has no marks, what can be reached from its beginning is listed.
  const count = Math.min(total, isLong && marked.error ? CASE_ROWS_MAX : ROWS_MAX);
  const reached = isLong && !marked.data ? CASE_ROWS_MAX : count;
  const wanted = useMemo(
    () => (isOld || !hasFirst ? [] : wantedPages(from, to, reached)),
    [from, to, reached, isOld, hasFirst],
  );
  const others = useQueries({
    queries: wanted.map((page) => {
      // What only paper needs comes page by page, and never holds up what is in sight.
      const isAhead = page < from || page > to;
      const before = casesQuery(order, page - 1).queryKey;
      const isNext = page === 1 || client.getQueryData(before) !== undefined;
      return { ...casesQuery(order, page, marks), enabled: !isAhead || isNext };
    }),
  });
  const known = new Map<number, CasesPage>();
  if (first.data) known.set(0, first.data);
  for (const [idx, { data }] of others.entries()) {
    const page = wanted[idx];
    if (data && page !== undefined) known.set(page, data);
  }
  const failed = others.find((one) => one.error);
  const onSight = useCallback((one: number, last: number) => {
    const pages: [number, number] = [Math.floor(one / CASE_PAGE), Math.floor(last / CASE_PAGE)];
    setSight((now) => (now[0] === pages[0] && now[1] === pages[1] ? now : pages));
  }, []);
  const readRow = useCallback(
    async (idx: number) => {
      const page = await client.ensureQueryData<CasesPage>(
        casesQuery(order, Math.floor(idx / CASE_PAGE), marks) as never,
      );
      return page.answer.cases[idx % CASE_PAGE];
    },
    [client, order, marks],
  );
  return {
    scope: first.data,
    total,
    count,
    rowAt: (idx) => known.get(Math.floor(idx / CASE_PAGE))?.answer.cases[idx % CASE_PAGE],
    placeOf: (id) => {
      for (const [page, { answer }] of known) {
        const idx = answer.cases.findIndex((row) => row.case === id);
        if (idx >= 0) return page * CASE_PAGE + idx;
      }
      return null;
    },
    stepsOf: (variant) => {
      for (const { paths } of known.values()) {
        const steps = paths.get(variant);
        if (steps) return steps;
      }
      return undefined;
    },
    isOld,
    error: first.error ?? failed?.error ?? null,
    retry: () => void (first.error ? first.refetch() : failed?.refetch()),
    onSight,
    readRow,
  };
}

/** The pages in sight, and those that go on paper, which cannot wait once it is printed. */
function wantedPages(from: number, to: number, reached: number): number[] {
  const pages: number[] = [];
  const onPaper = Math.ceil(Math.min(reached, PAPER_ROWS) / CASE_PAGE);
  for (let page = 1; page < onPaper; page += 1) pages.push(page);
  for (let page = Math.max(1, from, onPaper); page <= to; page += 1) {
    if (page * CASE_PAGE < reached) pages.push(page);
  }
  return pages;
}
