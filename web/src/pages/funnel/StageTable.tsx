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
    figure('number', text('funnel.number'), 'count', (row) => row.number),
    {
      ...figure('cases', text('funnel.reached'), 'count', (row) => row.stage.cases),
      show: ({ stage }, written) => (
        <CasesLink
          and={[atPlace(funnel, 'reached', stage.stage)]}
          label={text('explore.casesOf', { count: stage.cases, name: stage.stage })}
        >
          {written}
        </CasesLink>
      ),
    },
    figure('previous', text('funnel.fromPrevious'), 'share', (row) => row.stage.from_previous),
    figure('start', text('funnel.fromStart'), 'share', (row) => row.stage.from_start),
    ...(answer.earlier ? earlierColumns(text) : []),
    figure('median', text('funnel.time.median'), 'duration', timeOf('median')),
    figure('p90', text('funnel.time.p90'), 'duration', timeOf('p90')),
    figure('stops', text('funnel.stopped'), 'count', (row) => row.stage.drop_off?.cases),
    ...(isKnown
      ? [
          figure('open', text('funnel.stops.open'), 'count', (row) => row.stage.drop_off?.open),
          figure('ended', text('funnel.stops.ended'), 'count', (row) => row.stage.drop_off?.ended),
        ]
      : []),
    figure('skipped', text('funnel.skipped'), 'count', (row) => row.stage.skipped),
    figure('returned', text('funnel.returned'), 'count', (row) => row.stage.returned_cases),
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

function figure(
  key: string,
  name: string,
  kind: Column<Row>['kind'],
  of: (row: Row) => number | null | undefined,
): Column<Row> {
  return { key, name, kind, value: (row) => of(row) ?? null };
}

function timeOf(time: 'median' | 'p90') {
  return (row: Row) => row.stage.from_previous_s?.[time];
}

function earlierColumns(text: Say): Column<Row>[] {
  const previous = text('funnel.earlier.fromPrevious');
  return [
    figure('earlier', text('funnel.earlier.reached'), 'count', (row) => row.before?.cases),
    figure('earlierPrevious', previous, 'share', (row) => row.before?.from_previous),
  ];
}
