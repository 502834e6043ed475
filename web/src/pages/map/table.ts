// The rows of the table twin of the map, in any order, and the same as a file.
import type { MapPath, Spread } from '../../api/map';
import { csv } from '../../files/csv';
import { type MapGraph, pathId } from '../../pictures/process-map/graph';
import type { Metric } from '../../pictures/process-map/metricNames';
import { METRICS } from '../../pictures/process-map/metrics';

export interface PathRow {
  from: string;
  to: string;
  cases: number;
  /** Of all cases, from 0 to 1. */
  share: number;
  passes: number;
  times: Spread | null;
  /** What the map shows, where no other column says it. */
  metric: number | null;
  /** The share of its passages within its target, from 0 to 1, where it has one. */
  within: number | null;
}

export const COLUMNS = [
  'from',
  'to',
  'cases',
  'share',
  'passes',
  'median',
  'mean',
  'p90',
  'max',
  'total',
] as const;
export type Column = (typeof COLUMNS)[number] | 'metric' | 'within';
export const TIME_COLUMNS = ['median', 'mean', 'p90', 'max', 'total'] as const;
type TimeColumn = (typeof TIME_COLUMNS)[number];

export interface Order {
  column: Column;
  isDescending: boolean;
}

/** Measures of the map that are a column anyway. */
const HAVE_COLUMN: readonly Metric[] = [
  'cases',
  'events',
  'share',
  'median',
  'mean',
  'p90',
  'max',
  'total',
];

/** Targets have a column where there are any. */
export function columnsFor(metric: Metric, hasTargets = false): readonly Column[] {
  const columns: Column[] = HAVE_COLUMN.includes(metric) ? [...COLUMNS] : [...COLUMNS, 'metric'];
  return hasTargets ? [...columns, 'within'] : columns;
}

const NO_SHARES: ReadonlyMap<string, number | null> = new Map();

export function rowsOf(graph: MapGraph, metric: Metric, within = NO_SHARES): PathRow[] {
  return graph.paths.map((path: MapPath) => ({
    from: path.from,
    to: path.to,
    cases: path.cases,
    share: graph.cases === 0 ? 0 : path.cases / graph.cases,
    passes: path.events,
    times: path.duration_s ?? null,
    metric: METRICS[metric].ofPath(path, graph),
    within: within.get(pathId(path.from, path.to)) ?? null,
  }));
}

/** What is missing comes last, whatever the direction; equal rows go by name. */
export function sorted(rows: PathRow[], { column, isDescending }: Order, locale: string) {
  const names = new Intl.Collator(locale, { numeric: true });
  const sign = isDescending ? -1 : 1;
  return [...rows].sort((left, right) => {
    const [a, b] = [cellOf(left, column), cellOf(right, column)];
    if (a === null || b === null) return Number(a === null) - Number(b === null);
    const order =
      typeof a === 'string' || typeof b === 'string' ? names.compare(`${a}`, `${b}`) : a - b;
    return sign * order || names.compare(left.from, right.from) || names.compare(left.to, right.to);
  });
}

function cellOf(row: PathRow, column: Column): string | number | null {
  if (isTime(column)) return row.times?.[column] ?? null;
  return row[column];
}

export function isTime(column: Column): column is TimeColumn {
  return TIME_COLUMNS.some((one) => one === column);
}

/** The rows as a file; times in seconds. */
export function csvOf(
  rows: PathRow[],
  columns: readonly Column[],
  names: Record<Column, string>,
): string {
  return csv([
    columns.map((column) => names[column]),
    ...rows.map((row) => columns.map((column) => cellOf(row, column))),
  ]);
}
