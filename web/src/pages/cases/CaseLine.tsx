// One case of the table; an empty line while its page is on its way.
import { type CSSProperties, type MouseEvent, useMemo } from 'react';
import type { CaseRow, CasesOrder } from '../../api/cases';
import type { Log } from '../../api/types';
import type { Formats } from '../../format';
import { type StepLooks, StepMarks } from '../../pictures/variants/ChevronStrip';
import { runsOf } from '../../pictures/variants/runs';
import { isToDay, toldTime } from '../../precision';
import { useText } from '../../text/useText';
import { CasesAnchor, isPlain } from '../explore/CasesAnchor';
import { Lasting } from '../log/Lasting';
import { NamedCases } from '../log/NamedCases';
import { saidPath } from '../variants/said';
import styles from './Cases.module.css';
import type { CaseAttribute } from './columns';
import { kindOf } from './kind';
import type { CasesSearch, Column } from './search';
import type { CaseRows } from './useCaseRows';
import { written } from './values';

const MARKS_WIDTH = 166;

interface CaseLineProps {
  log: Log;
  search: CasesSearch;
  row: CaseRow | undefined;
  /** Its place in the table, from 0. */
  place: number;
  /** Stays on the screen while others are printed. */
  isScreenOnly: boolean;
  columns: Column[];
  types: Map<string, CaseAttribute['type']>;
  format: Formats;
  order: CasesOrder;
  looks: StepLooks;
  stepsOf: CaseRows['stepsOf'];
  /** How far below the first row it stands, in pixels. */
  start: number;
  onOpen: (id: string, place: number) => void;
}

export function CaseLine(all: CaseLineProps) {
  const { row, place, isScreenOnly, columns, types, start, ...props } = all;
  const style = { '--start': `${start}px` } as CSSProperties;
  const className = isScreenOnly ? `${styles.row} not-printed` : styles.row;
  const { log, search, onOpen } = props;
  if (!row) {
    return (
      <tr className={className} style={style} aria-rowindex={place + 2}>
        <td className={styles.cell}>
          <span className={styles.waiting} />
        </td>
      </tr>
    );
  }
  const open = (event: MouseEvent) => {
    if (!isPlain(event)) return;
    event.preventDefault();
    onOpen(row.case, place);
  };
  return (
    <tr
      className={className}
      style={style}
      aria-rowindex={place + 2}
      data-here={search.case === row.case || undefined}
      onClick={(event) => {
        const isLink = event.target instanceof Element && event.target.closest('a') !== null;
        if (!isLink && !getSelection()?.toString()) onOpen(row.case, place);
      }}
    >
      <td className={styles.cell} data-kind="id">
        <CasesAnchor
          log={log.id}
          search={{ ...search, case: row.case }}
          className={styles.link}
          data-case={row.case}
          title={row.case}
          aria-current={search.case === row.case ? 'true' : undefined}
          onClick={open}
        >
          {row.case}
        </CasesAnchor>
      </td>
      {columns.map((column) => (
        <td key={column} className={styles.cell} data-kind={kindOf(column, types)}>
          <Value {...props} column={column} row={row} type={types.get(column.slice(1)) ?? 'text'} />
        </td>
      ))}
    </tr>
  );
}

interface ValueProps
  extends Omit<CaseLineProps, 'row' | 'place' | 'isScreenOnly' | 'columns' | 'types' | 'start'> {
  column: Column;
  row: CaseRow;
  type: CaseAttribute['type'];
}

function Value({ column, row, type, format, ...props }: ValueProps) {
  const text = useText();
  switch (column) {
    case 'position':
      return format.number(row.position, 0);
    case 'rank':
      return format.number(row.variant_rank ?? 0, 0);
    case 'share':
      return (
        <span title={text('cases.count', { count: row.variant_cases ?? 0 })}>
          {format.percent(row.variant_share ?? 0)}
        </span>
      );
    case 'start':
      return row.start && toldTime(row.start, row.start_precision, format);
    case 'end':
      return row.end && toldTime(row.end, row.end_precision, format);
    case 'duration':
      return (
        <Lasting
          seconds={row.duration_s}
          isToDay={isToDay(row.start_precision, row.end_precision)}
          format={format}
        />
      );
    case 'events':
      return format.number(row.events, 0);
    case 'variant':
      return <Variant id={row.variant} {...props} />;
    case 'first':
      return <span title={row.first_activity}>{row.first_activity}</span>;
    case 'last':
      return <span title={row.last_activity}>{row.last_activity}</span>;
    default: {
      const words = written(row.attributes[column.slice(1)], type, { format, text });
      return <span title={words}>{words}</span>;
    }
  }
}

interface VariantProps
  extends Pick<CaseLineProps, 'log' | 'search' | 'order' | 'looks' | 'stepsOf'> {
  id: string;
}

/** The path as small arrows; it leads to all cases that take it. */
function Variant({ id, log, search, order, looks, stepsOf }: VariantProps) {
  const text = useText();
  const steps = stepsOf(id);
  const runs = useMemo(() => runsOf(steps ?? []), [steps]);
  if (!steps) return null;
  return (
    <NamedCases
      log={log.id}
      version={search.version}
      filters={[...order.filters, { kind: 'variant', ids: [id] }]}
    >
      <span className="only-read-aloud">
        {text('cases.variant.same', { path: saidPath(runs, text) })}
      </span>
      <StepMarks runs={runs} looks={looks} width={MARKS_WIDTH} />
    </NamedCases>
  );
}
