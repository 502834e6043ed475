// A small table of figures: side A, side B, and the difference in words.
import type { ReactNode } from 'react';
import { useText } from '../../text/useText';
import compare from './Compare.module.css';
import styles from './FigureTable.module.css';
import type { FigureRow } from './figures';
import { SideMark } from './SideMark';

interface FigureTableProps {
  label: string;
  rows: FigureRow[];
  /** Stands in place of a number that leads to its cases. */
  show?: (row: FigureRow, side: 'a' | 'b') => ReactNode;
}

export function FigureTable({ label, rows, show }: FigureTableProps) {
  const text = useText();
  return (
    <table className={styles.figures} aria-label={label}>
      <thead>
        <tr>
          <td />
          <th scope="col">
            <SideMark side="a" />
          </th>
          <th scope="col">
            <SideMark side="b" />
          </th>
        </tr>
      </thead>
      {rows.map((row) => (
        <tbody key={row.name}>
          <tr>
            <th scope="row">{row.name}</th>
            <td>{show ? show(row, 'a') : row.a}</td>
            <td>{show ? show(row, 'b') : row.b}</td>
          </tr>
          {row.difference !== null && (
            <tr className={styles.said}>
              <td colSpan={3}>
                {row.difference}
                {row.few && <span className={compare.few}>{text('compare.few')}</span>}
              </td>
            </tr>
          )}
        </tbody>
      ))}
    </table>
  );
}
