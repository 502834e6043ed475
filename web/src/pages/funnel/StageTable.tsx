// The funnel as a table: a row for each stage.
import type { FunnelOfVersion, FunnelStageAnswer } from '../../api/funnel';
import { useFormats } from '../../format';
import { type Say, useText } from '../../text/useText';
import { CasesLink } from '../explore/CasesLink';
import { type Column, SortedTable } from '../explore/SortedTable';
import { valuesOf } from './bars';
import styles from './Funnel.module.css';
import { atPlace, type Funnel } from './places';

interface Row {
  number: number;
  stage: FunnelStageAnswer;
  before: FunnelStageAnswer | undefined;
}

interface StageTableProps {
  answer: FunnelOfVersion;
  funnel: Funnel;
  selected: string | undefined;
  onSelect: (stage: string) => void;
}

export function StageTable({ answer, funnel, selected, onSelect }: StageTableProps) {
  const text = useText();
  const format = useFormats();
  const { stages } = answer.funnel;
  const rows: Row[] = stages.map((stage, idx) => {
    return { number: idx + 1, stage, before: answer.earlier?.stages[idx] };
  });
  const count = (value: number) => format.number(value, 0);
  const percent = (value: number) => format.percent(value);
  const number = numberColumn;
  const hasValue = stages.some((one) => (one.values ?? []).length > 0);
  const isKnown = stages.some((one) => typeof one.drop_off?.open === 'number');
  const columns: Column<Row>[] = [
    {
      key: 'stage',
      name: text('funnel.stage'),
      kind: 'name',
      value: (row) => row.stage.stage,
      show: ({ stage }) => (
        <button
          type="button"
          className={styles.link}
          aria-pressed={stage.stage === selected}
          onClick={() => onSelect(stage.stage)}
        >
          {stage.stage}
        </button>
      ),
    },
    number('number', text('funnel.number'), (row) => row.number, count),
    {
      ...number('cases', text('funnel.reached'), (row) => row.stage.cases, count),
      show: ({ stage }) => (
        <CasesLink
          and={[atPlace(funnel, 'reached', stage.stage)]}
          label={text('explore.casesOf', { count: stage.cases, name: stage.stage })}
        >
          {count(stage.cases)}
        </CasesLink>
      ),
    },
    number('previous', text('funnel.fromPrevious'), (row) => row.stage.from_previous, percent),
    number('start', text('funnel.fromStart'), (row) => row.stage.from_start, percent),
    ...(answer.earlier ? earlierColumns(text, count, percent) : []),
    number('median', text('funnel.time.median'), timeOf('median'), format.duration),
    number('p90', text('funnel.time.p90'), timeOf('p90'), format.duration),
    number('stops', text('funnel.stopped'), (row) => row.stage.drop_off?.cases, count),
    ...(isKnown
      ? [
          number('open', text('funnel.stops.open'), (row) => row.stage.drop_off?.open, count),
          number('ended', text('funnel.stops.ended'), (row) => row.stage.drop_off?.ended, count),
        ]
      : []),
    number('skipped', text('funnel.skipped'), (row) => row.stage.skipped, count),
    number('returned', text('funnel.returned'), (row) => row.stage.returned_cases, count),
    ...(hasValue
      ? [
          {
            key: 'value',
            name: text('funnel.value'),
            kind: 'number' as const,
            value: (row: Row) => valuesOf(row.stage.values ?? [], format, false),
          },
        ]
      : []),
  ];
  return (
    <SortedTable
      label={text('funnel.picture')}
      file={text('funnel.picture')}
      rows={rows}
      rowKey={(row) => row.stage.stage}
      columns={columns}
      isSelected={(row) => row.stage.stage === selected}
    />
  );
}

type Figure = number | null | undefined;

function numberColumn(
  key: string,
  name: string,
  of: (row: Row) => Figure,
  write: (value: number) => string,
): Column<Row> {
  return {
    key,
    name,
    kind: 'number',
    value: (row) => of(row) ?? null,
    show: (row) => {
      const value = of(row);
      return typeof value === 'number' ? write(value) : '–';
    },
  };
}

function timeOf(figure: 'median' | 'p90') {
  return (row: Row) => row.stage.from_previous_s?.[figure];
}

function earlierColumns(
  text: Say,
  count: (value: number) => string,
  percent: (value: number) => string,
): Column<Row>[] {
  return [
    numberColumn('earlier', text('funnel.earlier.reached'), (row) => row.before?.cases, count),
    numberColumn(
      'earlierPrevious',
      text('funnel.earlier.fromPrevious'),
      (row) => row.before?.from_previous,
      percent,
    ),
  ];
}
