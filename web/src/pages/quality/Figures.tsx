// Which figures can be computed with the data, of how many cases, and which column, in the words of
// a data template, would unlock the others.
import { Select } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Check, CircleDashed, CircleSlash2 } from 'lucide-react';
import {
  type Coverage,
  type FigureCoverage,
  type NeededData,
  templateNamesQuery,
} from '../../api/quality';
import { useFormats } from '../../format';
import panel from '../../style/panel.module.css';
import table from '../../style/table.module.css';
import { useText } from '../../text/useText';
import styles from './Quality.module.css';

const KINDS = ['kpi', 'measure', 'analysis', 'dashboard'] as const;
const STATES = { fully: Check, partly: CircleDashed, no: CircleSlash2 };
/** The template whose words are used unless another is chosen. */
const USUAL = 'generic';

interface FiguresProps {
  found: Coverage;
  template?: string | undefined;
  /** None where the general template is the only one. */
  onTemplate?: (template: string | undefined) => void;
}

export function Figures({ found, template, onTemplate }: FiguresProps) {
  const text = useText();
  const templates = useQuery({ ...templateNamesQuery, enabled: onTemplate !== undefined }).data;
  const { figures, data } = found;
  const count = (state: FigureCoverage['computable']) =>
    figures.filter((figure) => figure.computable === state).length;
  const unlocking = data
    .filter((one) => (one.unlocks?.length ?? 0) > 0)
    .toSorted((one, other) => (other.unlocks?.length ?? 0) - (one.unlocks?.length ?? 0));
  return (
    <>
      <div className={styles.head}>
        <p className={styles.summary}>
          {text('quality.figures.summary', {
            all: figures.length,
            fully: count('fully'),
            partly: count('partly'),
            none: count('no'),
          })}
        </p>
        {onTemplate && (
          <Select
            className="not-printed"
            label={text('quality.template')}
            data={(templates ?? []).map(({ system, name }) => ({ value: system, label: name }))}
            value={template ?? USUAL}
            allowDeselect={false}
            onChange={(next) => onTemplate(next === USUAL ? undefined : (next ?? undefined))}
            size="xs"
          />
        )}
      </div>
      {unlocking.length > 0 && (
        <section className={panel.panel} aria-labelledby="unlocks">
          <h2 id="unlocks" className={panel.heading}>
            {text('quality.unlocks')}
          </h2>
          <ul className={styles.unlocks}>
            {unlocking.map((one) => (
              <li key={`${one.kind} ${one.key}`}>
                <Unlocks data={one} figures={figures} />
              </li>
            ))}
          </ul>
        </section>
      )}
      {KINDS.map((kind) => (
        <Matrix
          key={kind}
          kind={kind}
          figures={figures.filter((figure) => figure.kind === kind)}
          data={data}
        />
      ))}
    </>
  );
}

/** What is asked for: by the label of the template, which is what the user looks for. */
function What({ data }: { data: NeededData }) {
  const text = useText();
  const { line } = data;
  const name = line?.label ?? data.name;
  const words = text(`quality.need.${data.kind}`, { name });
  if (!line) return words;
  const part = data.kind === 'activity' ? 'activity' : 'attribute';
  const system = encodeURIComponent(line.template);
  return (
    <a href={`/data/templates?system=${system}#${part}-${encodeURIComponent(data.key)}`}>{words}</a>
  );
}

function Unlocks({ data, figures }: { data: NeededData; figures: FigureCoverage[] }) {
  const text = useText();
  const unlocks = data.unlocks ?? [];
  const names = figures.filter(({ key }) => unlocks.includes(key)).map(({ name }) => name);
  return (
    <>
      <b>
        <What data={data} />
      </b>
      <span className={styles.count}>{text('quality.unlocks.count', { count: names.length })}</span>
      <span className={styles.muted}>{[...new Set(names)].join(' · ')}</span>
      {data.line?.how && <span className={styles.how}>{data.line.how}</span>}
    </>
  );
}

interface MatrixProps {
  kind: (typeof KINDS)[number];
  figures: FigureCoverage[];
  data: NeededData[];
}

function Matrix({ kind, figures, data }: MatrixProps) {
  const text = useText();
  const title = text(`quality.kind.${kind}`);
  if (figures.length === 0) return null;
  return (
    <section className={`${panel.panel} ${panel.flush}`}>
      <div className={table.frame}>
        <table className={table.table}>
          <caption className={styles.caption}>{title}</caption>
          <thead>
            <tr>
              <th scope="col">{text('quality.figure')}</th>
              <th scope="col">{text('quality.computable')}</th>
              <th scope="col" className={table.number}>
                {text('quality.of')}
              </th>
              <th scope="col">{text('quality.lacks')}</th>
            </tr>
          </thead>
          <tbody>
            {figures.map((figure) => (
              <tr key={figure.key}>
                <th scope="row">
                  <span className={styles.id}>{figure.key}</span> {figure.name}
                </th>
                <td className={table.nowrap}>
                  <State state={figure.computable} />
                </td>
                <td className={table.number}>
                  <Eligible figure={figure} />
                </td>
                <td>
                  <Missing figure={figure} data={data} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

function State({ state }: { state: FigureCoverage['computable'] }) {
  const text = useText();
  const Icon = STATES[state];
  return (
    <span className={styles.state} data-state={state}>
      <Icon size={15} aria-hidden /> {text(`quality.state.${state}`)}
    </span>
  );
}

function Eligible({ figure }: { figure: FigureCoverage }) {
  const text = useText();
  const format = useFormats();
  const { cases_used: used, cases_eligible: eligible } = figure;
  if (eligible === 0) return '–';
  return text('quality.nOfN', { used: format.number(used), eligible: format.number(eligible) });
}

/** Of each list one thing is enough. */
function Missing({
  figure: { missing = [] },
  data,
}: {
  figure: FigureCoverage;
  data: NeededData[];
}) {
  const text = useText();
  return missing.map((list, idx) => {
    const all = list.flatMap((need) =>
      data.filter((one) => one.kind === need.kind && one.key === need.key),
    );
    const key = list.map((need) => need.key).join(' ');
    return (
      <span key={key}>
        {idx > 0 && ` ${text('quality.and')} `}
        {all.map((one, at) => (
          <span key={`${one.kind} ${one.key}`}>
            {at > 0 && ` ${text('quality.or')} `}
            <What data={one} />
          </span>
        ))}
      </span>
    );
  });
}
