// Rows that were left out or corrected, by kind, with examples and a file of them.
import { Badge, Button } from '@mantine/core';
import { ChevronRight, CircleCheck, Download } from 'lucide-react';
import type { ProblemCount } from '../../../api/types';
import { useFormats } from '../../../format';
import panel from '../../../style/panel.module.css';
import table from '../../../style/table.module.css';
import { type Say, useText } from '../../../text/useText';
import { saveCsv } from './csv';
import { isKept } from './kept';
import styles from './RefusedRows.module.css';

interface RefusedRowsProps {
  problems: ProblemCount[];
  fileName: string;
  /** What is said when there are none. */
  fine?: 'report.noProblems' | 'import.allRows';
}

/** So many kinds show their examples at once. */
const OPEN = 3;

export function RefusedRows({ problems, fileName, fine = 'report.noProblems' }: RefusedRowsProps) {
  const text = useText();
  const format = useFormats();
  if (problems.length === 0) {
    return (
      <p className={styles.fine}>
        <CircleCheck size={18} aria-hidden />
        {text(fine)}
      </p>
    );
  }
  const sorted = [...problems].sort(
    (a, b) => Number(b.refused) - Number(a.refused) || b.count - a.count,
  );
  return (
    <section className={panel.panel}>
      <div className={styles.head}>
        <h2 className={panel.heading}>{text('report.problems')}</h2>
        <Button
          size="xs"
          variant="default"
          leftSection={<Download size={14} aria-hidden />}
          onClick={() =>
            saveCsv(`${fileName} – ${text('report.csv.name')}.csv`, csvRows(sorted, text))
          }
        >
          {text('report.csv')}
        </Button>
      </div>
      <p className={panel.note}>{text('report.csv.detail')}</p>
      {sorted.map(({ kind, refused, count, examples }, idx) => (
        // What was left out is there to be seen; a long list of kinds can be read without it.
        <details key={kind} className={styles.kind} open={idx < OPEN}>
          <summary className={styles.summary}>
            <ChevronRight size={14} className={styles.sign} aria-hidden />
            <Badge variant="default" className={`${styles.badge} ${refused ? styles.refused : ''}`}>
              {text(outcomeOf(kind, refused))}
            </Badge>
            <span className={styles.count}>{format.number(count)}</span>
            <span className={styles.reason}>
              {kind === 'repeated-event' ? text('report.repeated') : (examples[0]?.reason ?? kind)}
            </span>
          </summary>
          <div className={table.frame}>
            <table className={table.table}>
              <thead>
                <tr>
                  <th scope="col" className={examples[0]?.cell ? undefined : table.number}>
                    {text('report.row')}
                  </th>
                  <th scope="col">{text('import.column')}</th>
                  <th scope="col">{text('report.value')}</th>
                  <th scope="col">{text('report.reason')}</th>
                </tr>
              </thead>
              <tbody>
                {examples.map((example, idx) => (
                  // biome-ignore lint/suspicious/noArrayIndexKey: two may be alike in everything
                  <tr key={idx}>
                    <td className={example.cell ? table.nowrap : table.number}>
                      {example.cell ?? (example.row > 0 && format.number(example.row))}
                    </td>
                    <td>{example.column}</td>
                    <td className={styles.value}>{example.value}</td>
                    <td>{example.reason}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        </details>
      ))}
    </section>
  );
}

function outcomeOf(kind: string, refused: boolean) {
  if (refused) return 'report.refused' as const;
  return isKept(kind) ? ('report.kept' as const) : ('report.corrected' as const);
}

function csvRows(problems: ProblemCount[], text: Say): string[][] {
  const head = [
    text('report.csv.kind'),
    text('report.csv.outcome'),
    text('report.row'),
    text('import.column'),
    text('report.value'),
    text('report.reason'),
  ];
  const rows = problems.flatMap(({ kind, refused, examples }) =>
    examples.map(({ row, cell, column, value, reason }) => [
      kind,
      text(outcomeOf(kind, refused)),
      cell ?? (row ? String(row) : ''),
      column ?? '',
      value,
      reason,
    ]),
  );
  return [head, ...rows];
}
