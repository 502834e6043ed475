// The first rows of the file, as they were cut into cells.
import type { CheckResult } from '../../../api/types';
import panel from '../../../style/panel.module.css';
import table from '../../../style/table.module.css';
import { useText } from '../../../text/useText';
import styles from './FirstRows.module.css';

export function FirstRows({ head }: { head: CheckResult['head'] }) {
  const text = useText();
  const title = text('import.head', { count: head.rows.length });
  return (
    <details className={panel.panel}>
      <summary className={styles.title}>{title}</summary>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: the only way to scroll it by keyboard */}
      <section className={`${table.frame} ${styles.frame}`} tabIndex={0} aria-label={title}>
        <table className={`${table.table} ${styles.table}`}>
          <thead>
            <tr>
              {head.columns.map((name, idx) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: cells have no other name
                <th key={idx} scope="col">
                  {name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {head.rows.map((row, rowIdx) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: rows have no other name
              <tr key={rowIdx}>
                {row.map((cell, idx) => (
                  // biome-ignore lint/suspicious/noArrayIndexKey: cells have no other name
                  <td key={idx}>{cell}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </details>
  );
}
