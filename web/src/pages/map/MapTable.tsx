// The same map as a table: every path, sortable, for keyboards, screen readers and spreadsheets.
import { Button } from '@mantine/core';
import { useVirtualizer } from '@tanstack/react-virtual';
import { ArrowDown, ArrowUp, Download } from 'lucide-react';
import { useMemo, useRef, useState } from 'react';
import type { MapScope } from '../../api/drawer';
import { useFormats } from '../../format';
import type { MapGraph, MapItem } from '../../pictures/process-map/graph';
import type { Metric } from '../../pictures/process-map/metricNames';
import { METRICS } from '../../pictures/process-map/metrics';
import { useText } from '../../text/useText';
import { sharesOf } from '../targets/targets';
import { useTargetFigures } from '../targets/useTargets';
import styles from './MapTable.module.css';
import {
  type Column,
  columnsFor,
  type Order,
  type PathRow,
  rowsOf,
  sorted,
  TIME_COLUMNS,
} from './table';
import { metricColumn } from './tableNames';
import { writer } from './write';

const ROW_HEIGHT = 32;

interface MapTableProps {
  log: number;
  scope: MapScope;
  graph: MapGraph;
  /** What the map shows: a column of its own where no other says it. */
  metric: Metric;
  title: string;
  selected: MapItem | null;
  onSelect: (item: MapItem) => void;
  onDownload: () => void;
}

export function MapTable({ log, scope, graph, metric, title, selected, ...on }: MapTableProps) {
  const text = useText();
  const format = useFormats();
  const scroll = useRef<HTMLElement>(null);
  const [order, setOrder] = useState<Order>({ column: 'cases', isDescending: true });
  const { targets, figures, query } = useTargetFigures(log, scope);
  const hasTargets = targets.some(({ target }) => target.of === 'path');
  const within = useMemo(() => sharesOf(figures), [figures]);
  const rows = useMemo(
    () => sorted(rowsOf(graph, metric, within), order, format.locale),
    [graph, metric, within, order, format.locale],
  );
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroll.current,
    estimateSize: () => ROW_HEIGHT,
    overscan: 12,
  });
  const columns = columnsFor(metric, hasTargets);
  const hasMetric = columns.includes('metric');
  const writeMetric = (value: number) =>
    writer(format, text, graph.value)(value, METRICS[metric].unit);
  const items = virtual.getVirtualItems();
  const [before, after] = [items[0]?.start ?? 0, virtual.getTotalSize() - (items.at(-1)?.end ?? 0)];
  const sortBy = (column: Column) =>
    setOrder((now) => ({
      column,
      isDescending:
        now.column === column ? !now.isDescending : column !== 'from' && column !== 'to',
    }));
  return (
    <div className={styles.sheet}>
      <div className={styles.head}>
        <h2 className={styles.title}>{title}</h2>
        <span className={styles.count}>{text('map.table.count', { count: rows.length })}</span>
        <Button
          size="xs"
          variant="default"
          leftSection={<Download size={14} aria-hidden />}
          onClick={on.onDownload}
        >
          {text('map.table.csv')}
        </Button>
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls can be reached by keyboard */}
      <section ref={scroll} className={styles.scroll} tabIndex={0} aria-label={title}>
        <table
          className={styles.table}
          aria-rowcount={rows.length + 1}
          aria-busy={hasTargets && query.isFetching}
        >
          <thead>
            <tr aria-rowindex={1}>
              {columns.map((column) => (
                <Heading
                  key={column}
                  column={column}
                  name={
                    column === 'metric'
                      ? metricColumn(metric, graph, text)
                      : text(`map.table.${column}`)
                  }
                  order={order}
                  onSort={sortBy}
                />
              ))}
            </tr>
          </thead>
          <tbody>
            {before > 0 && <tr aria-hidden style={{ height: before }} />}
            {items.map(({ index, key }) => {
              const row = rows[index];
              return (
                row && (
                  <PathRowView
                    key={key}
                    row={row}
                    number={index + 2}
                    isSelected={
                      selected?.kind === 'path' &&
                      selected.from === row.from &&
                      selected.to === row.to
                    }
                    writeMetric={hasMetric ? writeMetric : null}
                    hasTargets={hasTargets}
                    onSelect={on.onSelect}
                  />
                )
              );
            })}
            {after > 0 && <tr aria-hidden style={{ height: after }} />}
          </tbody>
        </table>
      </section>
    </div>
  );
}

interface HeadingProps {
  column: Column;
  name: string;
  order: Order;
  onSort: (column: Column) => void;
}

function Heading({ column, name, order, onSort }: HeadingProps) {
  const isHere = order.column === column;
  const Sign = order.isDescending ? ArrowDown : ArrowUp;
  const sort = order.isDescending ? 'descending' : 'ascending';
  return (
    <th scope="col" aria-sort={isHere ? sort : 'none'} data-kind={kindOf(column)}>
      <button type="button" className={styles.sort} onClick={() => onSort(column)}>
        {name}
        <Sign size={13} aria-hidden style={{ visibility: isHere ? 'visible' : 'hidden' }} />
      </button>
    </th>
  );
}

interface PathRowViewProps {
  row: PathRow;
  number: number;
  isSelected: boolean;
  /** Where the measure of the map has a column. */
  writeMetric: ((value: number) => string) | null;
  hasTargets: boolean;
  onSelect: (item: MapItem) => void;
}

function PathRowView({ row, number, isSelected, ...on }: PathRowViewProps) {
  const format = useFormats();
  return (
    <tr aria-rowindex={number} data-selected={isSelected || undefined}>
      <td>
        <button
          type="button"
          className={styles.name}
          title={row.from}
          onClick={() => on.onSelect({ kind: 'path', from: row.from, to: row.to })}
        >
          {row.from}
        </button>
      </td>
      <td title={row.to}>{row.to}</td>
      <td data-kind="number">{format.number(row.cases, 0)}</td>
      <td data-kind="number">{format.percent(row.share)}</td>
      <td data-kind="number">{format.number(row.passes, 0)}</td>
      {TIME_COLUMNS.map((column) => (
        <td key={column} data-kind="number">
          {row.times ? format.durationShort(row.times[column]) : '–'}
        </td>
      ))}
      {on.writeMetric && (
        <td data-kind="number">{row.metric === null ? '–' : on.writeMetric(row.metric)}</td>
      )}
      {on.hasTargets && (
        <td data-kind="number">{row.within === null ? '–' : format.percent(row.within)}</td>
      )}
    </tr>
  );
}

function kindOf(column: Column): 'name' | 'number' {
  return column === 'from' || column === 'to' ? 'name' : 'number';
}
