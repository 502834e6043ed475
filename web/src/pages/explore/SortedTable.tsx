// A table that can be sorted by every column, of any length, and taken away as a file.
import { Button } from '@mantine/core';
import { ArrowDown, ArrowUp, Download } from 'lucide-react';
import { type ReactNode, useContext, useMemo, useRef, useState } from 'react';
import { type CsvCell, csv } from '../../files/csv';
import { download, fileName } from '../../files/download';
import { type Formats, useFormats } from '../../format';
import { useLoaded } from '../../shell/useLoaded';
import { useText } from '../../text/useText';
import { TakenFrom } from '../log/looked';
import styles from './SortedTable.module.css';
import { type Order, sortedRows } from './sorting';

/** Numbers that every table writes alike; a missing one is a dash. */
type Figure = 'count' | 'share' | 'duration' | 'durationShort';
type Kind = 'name' | 'number' | 'picture' | Figure;

export interface Column<Row> {
  key: string;
  name: string;
  kind: Kind;
  /** What it is sorted by, and what the file says. */
  value: (row: Row) => CsvCell;
  /** Rows that are not ranked by it: they come last. */
  isUnranked?: (row: Row) => boolean;
  /** What is shown; the value as its kind is written where it is missing. */
  show?: (row: Row, written: string) => ReactNode;
  /** Left out where the page is narrow. */
  isWideOnly?: boolean;
}

interface SortedTableProps<Row> {
  label: string;
  columns: Column<Row>[];
  rows: Row[];
  rowKey: (row: Row) => string;
  /** The order of the rows as they come where it is missing. */
  start?: Order | undefined;
  /** What the file holds, for its name; it cannot be taken away without one. */
  file?: string | undefined;
  isSelected?: ((row: Row) => boolean) | undefined;
}

/** Up to here all rows are in the page, so that it can be searched and printed. */
const WHOLE_MAX = 200;

const loadLongRows = () => import('./LongRows');

export function SortedTable<Row>(props: SortedTableProps<Row>) {
  const { label, columns, rows, rowKey, start, file, isSelected } = props;
  const text = useText();
  const format = useFormats();
  const opened = useContext(TakenFrom);
  const scroll = useRef<HTMLElement>(null);
  const [order, setOrder] = useState<Order | null>(start ?? null);
  const shown = useMemo(() => {
    const isUnranked = columns.find((one) => one.key === order?.column)?.isUnranked;
    return sortedRows(rows, columns, order, format.locale, isUnranked);
  }, [rows, columns, order, format.locale]);
  const isLong = shown.length > WHOLE_MAX;
  const long = useLoaded(isLong ? loadLongRows : null);
  const line = (index: number) => {
    const row = shown[index];
    if (row === undefined) return null;
    return (
      <tr
        key={rowKey(row)}
        aria-rowindex={index + 2}
        data-selected={isSelected?.(row) || undefined}
      >
        {columns.map((column, idx) => {
          const Cell = idx === 0 ? 'th' : 'td';
          const value = column.value(row);
          const words = written(column.kind, value, format);
          return (
            <Cell
              key={column.key}
              scope={idx === 0 ? 'row' : undefined}
              data-kind={isFigure(column.kind) ? 'number' : column.kind}
              data-wide-only={column.isWideOnly || undefined}
              title={column.kind === 'number' ? undefined : titleOf(value)}
            >
              {column.show ? column.show(row, words) : words}
            </Cell>
          );
        })}
      </tr>
    );
  };
  const save = () => {
    const lines = shown.map((row) => columns.map((column) => column.value(row)));
    const content = csv([columns.map((column) => column.name), ...lines]);
    const name = opened
      ? fileName(`${opened.log.name} – ${file}`, opened.version.number, 'csv')
      : `${file}.csv`;
    download(content, name, 'text/csv');
  };
  return (
    <div className={styles.sheet}>
      <section
        ref={scroll}
        className={styles.scroll}
        data-long={isLong || undefined}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls can be reached by keyboard
        tabIndex={0}
        aria-label={text('explore.rows', { title: label })}
      >
        <table className={styles.table} aria-label={label} aria-rowcount={rows.length + 1}>
          <thead>
            <tr aria-rowindex={1}>
              {columns.map((column) => (
                <Heading key={column.key} column={column} order={order} onSort={setOrder} />
              ))}
            </tr>
          </thead>
          <tbody>
            {long ? (
              <long.LongRows scroll={scroll} count={shown.length} line={line} />
            ) : (
              shown.slice(0, WHOLE_MAX).map((_, index) => line(index))
            )}
          </tbody>
        </table>
      </section>
      {file && (
        <div className={`${styles.foot} not-printed`}>
          <Button
            size="compact-sm"
            variant="subtle"
            leftSection={<Download size={14} aria-hidden />}
            onClick={save}
          >
            {text('explore.csv')}
          </Button>
        </div>
      )}
    </div>
  );
}

const FIGURES: Record<Figure, (value: number, format: Formats) => string> = {
  count: (value, format) => format.number(value, 0),
  share: (value, format) => format.percent(value),
  duration: (value, format) => format.duration(value),
  durationShort: (value, format) => format.durationShort(value),
};

function isFigure(kind: string): kind is Figure {
  return kind in FIGURES;
}

function written(kind: Kind, value: CsvCell, format: Formats): string {
  if (!isFigure(kind)) return String(value ?? '');
  return typeof value === 'number' ? FIGURES[kind](value, format) : '–';
}

/** What may be too long for its cell. */
function titleOf(value: CsvCell): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

interface HeadingProps<Row> {
  column: Column<Row>;
  order: Order | null;
  onSort: (order: Order) => void;
}

function Heading<Row>({ column, order, onSort }: HeadingProps<Row>) {
  const isHere = order?.column === column.key;
  const isDescending = isHere ? order.isDescending : column.kind !== 'name';
  const Sign = isDescending ? ArrowDown : ArrowUp;
  const sort = isDescending ? 'descending' : 'ascending';
  return (
    <th
      scope="col"
      aria-sort={isHere ? sort : 'none'}
      data-kind={isFigure(column.kind) ? 'number' : column.kind}
      data-wide-only={column.isWideOnly || undefined}
    >
      <button
        type="button"
        className={styles.sort}
        onClick={() =>
          onSort({ column: column.key, isDescending: isHere ? !isDescending : isDescending })
        }
      >
        {column.name}
        <Sign size={13} aria-hidden style={{ visibility: isHere ? 'visible' : 'hidden' }} />
      </button>
    </th>
  );
}
