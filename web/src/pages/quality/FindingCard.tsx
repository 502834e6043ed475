// A rule that is broken: how often, where it arises, at whose records, how it is mended, and where
// its rows and cases are.
import { Download, ListTree } from 'lucide-react';
import { type Finding, rowsAddress, type ValueCount } from '../../api/quality';
import { useFormats } from '../../format';
import table from '../../style/table.module.css';
import { useText } from '../../text/useText';
import { CaseLink, CasesLink } from '../explore/CasesLink';
import styles from './Quality.module.css';

interface FindingCardProps {
  which: { log: number; version: number } | undefined;
  finding: Finding;
}

/** Values of a breakdown that are shown. */
const VALUES = 5;

export function FindingCard({ which, finding }: FindingCardProps) {
  const text = useText();
  const { rule, severity, name, meaning, mend, about, cases, notes = [] } = finding;
  const [filters, rows] = [finding.filters ?? [], finding.examples.length];
  const ids = filters.find((filter) => filter.kind === 'case_ids');
  const named = ids?.kind === 'case_ids' ? ids.ids.length : cases;
  return (
    <article className={styles.card} data-severity={severity}>
      <header className={styles.cardHead}>
        <h3 className={styles.name}>
          <span className={styles.id}>{rule}</span> {name}
          {about.length > 0 && <span className={styles.about}>{about.join(' · ')}</span>}
        </h3>
        {(rows > 0 || (finding.file_rows?.length ?? 0) > 0) && <Amount finding={finding} />}
      </header>
      <p className={styles.said}>{meaning}</p>
      <p className={styles.said}>
        <b>{text('quality.mend')}</b> {mend}
      </p>
      {notes.length > 0 && (
        <ul className={styles.notes}>
          {notes.map((note) => (
            <li key={note}>{note}</li>
          ))}
        </ul>
      )}
      <div className={styles.parts}>
        <Shares title={text('quality.by.activity')} of={finding} counts={finding.by_activity} />
        <Shares title={text('quality.by.owner')} of={finding} counts={finding.by_owner} />
        <Shares title={text('quality.by.source')} of={finding} counts={finding.by_source} />
      </div>
      {which && rows > 0 && (
        <footer className={`${styles.ways} not-printed`}>
          {typeof cases === 'number' && cases > 0 && filters.length > 0 && (
            <CasesLink and={filters}>
              <ListTree size={14} aria-hidden />{' '}
              {named === cases
                ? text('quality.cases', { cases })
                : text('quality.cases.first', { cases: named ?? 0 })}
            </CasesLink>
          )}
          <a href={rowsAddress(which, rule)} download={`${rule}.csv`}>
            <Download size={14} aria-hidden /> {text('quality.rows')}
          </a>
        </footer>
      )}
      {rows > 0 && <Examples finding={finding} />}
      {(finding.file_rows?.length ?? 0) > 0 && <FileRows finding={finding} />}
    </article>
  );
}

/** How much of what was looked at breaks the rule. */
function Amount({ finding: { count, looked_at, cases } }: { finding: Finding }) {
  const text = useText();
  const format = useFormats();
  const share = format.percent(looked_at === 0 ? 0 : Math.min(1, count / looked_at));
  return (
    <p className={styles.amount}>
      <b>{format.number(count)}</b>{' '}
      {text('quality.amount', { looked: format.number(looked_at), share })}
      {typeof cases === 'number' && <span>{text('quality.inCases', { cases })}</span>}
    </p>
  );
}

interface SharesProps {
  title: string;
  of: Finding;
  counts: ValueCount[];
}

function Shares({ title, of, counts }: SharesProps) {
  const text = useText();
  const format = useFormats();
  if (counts.length === 0) return null;
  return (
    <section className={styles.shares}>
      <h4>{title}</h4>
      <ul>
        {counts.slice(0, VALUES).map(({ value, count }) => (
          <li key={value ?? ''}>
            <span className={styles.value} title={value ?? undefined}>
              {value ?? text('quality.blank')}
            </span>
            <span className={styles.number}>{format.number(count)}</span>
            <span
              className={styles.bar}
              style={{ inlineSize: `${(100 * count) / of.count}%` }}
              aria-hidden
            />
          </li>
        ))}
      </ul>
      {counts.length > VALUES && (
        <p className={styles.muted}>{text('quality.more', { count: counts.length - VALUES })}</p>
      )}
    </section>
  );
}

function Examples({ finding: { examples } }: { finding: Finding }) {
  const text = useText();
  const format = useFormats();
  const hasValue = examples.some((row) => row.value);
  return (
    <details>
      <summary className={styles.opens}>
        {text('quality.examples', { count: examples.length })}
      </summary>
      <div className={table.frame}>
        <table className={table.table}>
          <thead>
            <tr>
              <th scope="col">{text('quality.case')}</th>
              <th scope="col">{text('quality.step')}</th>
              <th scope="col">{text('quality.time')}</th>
              {hasValue && <th scope="col">{text('quality.value')}</th>}
            </tr>
          </thead>
          <tbody>
            {examples.map((row) => (
              <tr key={`${row.case} ${row.event} ${row.value}`}>
                <th scope="row">
                  <CaseLink id={row.case} />
                </th>
                <td>{row.activity}</td>
                <td className={table.nowrap}>{format.dateTime(row.time)}</td>
                {hasValue && <td>{row.value}</td>}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </details>
  );
}

function FileRows({ finding: { file_rows: rows = [] } }: { finding: Finding }) {
  const text = useText();
  return (
    <details>
      <summary className={styles.opens}>{text('quality.examples', { count: rows.length })}</summary>
      <div className={table.frame}>
        <table className={table.table}>
          <thead>
            <tr>
              <th scope="col">{text('quality.row')}</th>
              <th scope="col">{text('quality.column')}</th>
              <th scope="col">{text('quality.value')}</th>
              <th scope="col">{text('quality.what')}</th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row, idx) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: rows of a file may be alike
              <tr key={idx}>
                <th scope="row">{row.cell ?? (row.row === 0 ? '–' : row.row)}</th>
                <td>{row.column}</td>
                <td>{row.value}</td>
                <td>{row.what}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </details>
  );
}
