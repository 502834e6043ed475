// A table on a sheet: what a column is called, how it is written, and from which width it is shown.
import type { ReactNode } from 'react';
import panel from '../../style/panel.module.css';
import table from '../../style/table.module.css';

export interface SheetColumn<R> {
  /** What the column is called, and its key. */
  name: string;
  cell: (row: R) => ReactNode;
  kind?: 'text' | 'number' | 'moment' | 'controls' | undefined;
  /** Left out of windows that are narrower; always shown when absent. */
  from?: 'medium' | 'wide' | undefined;
}

interface SheetTableProps<R> {
  caption: string;
  /** The first one names the row. */
  columns: SheetColumn<R>[];
  rows: R[];
  keyOf: (row: R) => number;
  /** What an address calls a row, so that it can be pointed at. */
  idOf?: (row: R) => string;
  /** The row that the address points at. */
  pointedAt?: string | undefined;
}

const KINDS = { number: table.number, moment: table.nowrap, controls: table.controls };
const WIDTHS = { medium: table.mediumOnly, wide: table.wideOnly };

export function SheetTable<R>({
  caption,
  columns,
  rows,
  keyOf,
  idOf,
  pointedAt,
}: SheetTableProps<R>) {
  return (
    <div className={`${panel.panel} ${panel.flush} ${table.frame}`}>
      <table className={table.table}>
        <caption className="only-read-aloud">{caption}</caption>
        <thead>
          <tr>
            {columns.map((column) => (
              <th key={column.name} scope="col" className={classOf(column)}>
                <span className={column.kind === 'controls' ? 'only-read-aloud' : undefined}>
                  {column.name}
                </span>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr
              key={keyOf(row)}
              id={idOf?.(row)}
              aria-current={(pointedAt !== undefined && idOf?.(row) === pointedAt) || undefined}
            >
              {columns.map((column, idx) =>
                idx === 0 ? (
                  <th key={column.name} scope="row">
                    {column.cell(row)}
                  </th>
                ) : (
                  <td key={column.name} className={classOf(column)}>
                    {column.cell(row)}
                  </td>
                ),
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function classOf<R>({ kind, from }: SheetColumn<R>): string | undefined {
  const classes = [kind && kind !== 'text' && KINDS[kind], from && WIDTHS[from]].filter(Boolean);
  return classes.join(' ') || undefined;
}
