// The funnel as a table: a row for each stage.
import type { ReactNode } from 'react';
import type { FunnelOfVersion, FunnelStageAnswer } from '../../api/funnel';
import type { FunnelPlace } from '../../filters/filter';
import { useFormats } from '../../format';
import { type Say, useText } from '../../text/useText';
import { PageCases, useCasesOfPage } from '../explore/CasesLink';
import { type Filter, lacksAll } from '../explore/filters';
import { type Column, SortedTable } from '../explore/SortedTable';
import { valuesOf } from './bars';
import { CountLink } from './CountLink';
import styles from './Funnel.module.css';
import { atPlace, type Funnel, hasEnded, hasLater } from './places';

interface Row {
  number: number;
  stage: FunnelStageAnswer;
  before: FunnelStageAnswer | undefined;
}

interface StageTableProps {
  answer: FunnelOfVersion;
  funnel: Funnel;
  /** The activities that end a case. */
  ends: string[];
  /** The filters of the page, and with them of the period that is compared with. */
  earlier: unknown[] | undefined;
  selected: string | undefined;
  /** The attribute that is summed. */
  value: string | undefined;
  onSelect: (stage: string) => void;
}

export function StageTable(props: StageTableProps) {
  const { answer, funnel, ends, selected, onSelect, earlier, value } = props;
  const text = useText();
  const format = useFormats();
  const { stages } = answer.funnel;
  const rows: Row[] = stages.map((stage, idx) => {
    return { number: idx + 1, stage, before: answer.earlier?.stages[idx] };
  });
  const counted = (
    key: string,
    place: FunnelPlace,
    of: (stage: FunnelStageAnswer) => number | null | undefined,
    what: string,
    and: (stage: FunnelStageAnswer) => Filter[] = () => [],
  ): Column<Row> => ({
    ...figure(key, what || text('funnel.reached'), 'count', (row) => of(row.stage)),
    show: ({ stage }, written) => {
      const count = of(stage);
      const name = what ? `${stage.stage}, ${what}` : stage.stage;
      const filters = [atPlace(funnel, place, stage.stage), ...and(stage)];
      return typeof count === 'number' ? (
        <CountLink count={count} and={filters} name={name} />
      ) : (
        written
      );
    },
  });
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
    counted('cases', 'reached', (stage) => stage.cases, ''),
    figure('previous', text('funnel.fromPrevious'), 'share', (row) => row.stage.from_previous),
    figure('start', text('funnel.fromStart'), 'share', (row) => row.stage.from_start),
    ...(answer.earlier ? earlierColumns(text, funnel, earlier) : []),
    figure('median', text('funnel.time.median'), 'duration', timeOf('median')),
    figure('p90', text('funnel.time.p90'), 'duration', timeOf('p90')),
    counted('stops', 'stopped', (stage) => stage.drop_off?.cases, text('funnel.stopped')),
    ...(isKnown
      ? [
          counted(
            'open',
            'stopped',
            (stage) => stage.drop_off?.open,
            text('funnel.stops.open'),
            () => [lacksAll(ends)],
          ),
          counted(
            'ended',
            'stopped',
            (stage) => stage.drop_off?.ended,
            text('funnel.stops.ended'),
            () => [hasEnded(ends)],
          ),
        ]
      : []),
    counted(
      'later',
      'stopped',
      (stage) => stage.drop_off?.later,
      text('funnel.later'),
      (stage) => [hasLater(funnel, stages, stage.stage)],
    ),
    counted('skipped', 'skipped', (stage) => stage.skipped, text('funnel.skipped')),
    counted('returned', 'returned', (stage) => stage.returned_cases, text('funnel.returned')),
    ...(value
      ? [
          {
            key: 'value',
            name: text('funnel.value.at', { value }),
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

function earlierColumns(text: Say, funnel: Funnel, filters: unknown[] | undefined): Column<Row>[] {
  const name = text('funnel.earlier.reached');
  const previous = text('funnel.earlier.fromPrevious');
  return [
    {
      ...figure('earlier', name, 'count', (row) => row.before?.cases),
      show: ({ before }, written) =>
        before ? (
          <Earlier filters={filters}>
            <CountLink
              count={before.cases}
              and={[atPlace(funnel, 'reached', before.stage)]}
              name={`${before.stage}, ${name}`}
            />
          </Earlier>
        ) : (
          written
        ),
    },
    figure('earlierPrevious', previous, 'share', (row) => row.before?.from_previous),
  ];
}

/** Its cases are those of the period that is compared with, not of the one that is shown. */
function Earlier({ filters, children }: { filters: unknown[] | undefined; children: ReactNode }) {
  const page = useCasesOfPage();
  return <PageCases value={page && filters ? { ...page, filters } : null}>{children}</PageCases>;
}
