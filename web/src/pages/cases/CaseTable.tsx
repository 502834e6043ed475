// The table of cases: only the rows in sight are in the page, and only their pages are asked for.
import { useVirtualizer } from '@tanstack/react-virtual';
import { ArrowDown, ArrowUp } from 'lucide-react';
import {
  type CSSProperties,
  type Ref,
  useEffect,
  useImperativeHandle,
  useMemo,
  useRef,
} from 'react';
import type { CasesOrder } from '../../api/cases';
import type { Log } from '../../api/types';
import { useFormats } from '../../format';
import type { StepLooks } from '../../pictures/variants/ChevronStrip';
import { useSettings } from '../../settings';
import { useText } from '../../text/useText';
import { useStepTips } from '../log/StepTip';
import { CaseLine } from './CaseLine';
import styles from './Cases.module.css';
import type { CaseAttribute } from './columns';
import { kindOf } from './kind';
import { columnName } from './names';
import { type CasesSearch, type CasesSortName, type Column, OWN_SORTS } from './search';
import { type CaseRows, PAPER_ROWS } from './useCaseRows';
import { useOnPaper } from './useOnPaper';
import { useRowKeys } from './useRowKeys';

export interface TableHandle {
  /** Scrolls a row into sight. */
  show: (place: number) => void;
  /** Puts the focus on a case where it is in the page, else on the table. */
  focus: (id: string | null) => void;
}

interface CaseTableProps {
  ref: Ref<TableHandle>;
  log: Log;
  search: CasesSearch;
  order: CasesOrder;
  rows: CaseRows;
  columns: Column[];
  attributes: CaseAttribute[];
  looks: StepLooks;
  sorted: CasesSortName;
  onSort: (sort: Pick<CasesSearch, 'sort' | 'asc'>) => void;
  onOpen: (id: string, place: number) => void;
}

export function CaseTable({ ref, order, rows, columns, attributes, ...props }: CaseTableProps) {
  const text = useText();
  const { search, sorted, onSort } = props;
  const format = useFormats(rows.scope?.timeZone);
  const scroll = useRef<HTMLElement>(null);
  const { density } = useSettings();
  const rowHeight = density === 'compact' ? 28 : 36;
  const tips = useStepTips();
  const virtual = useVirtualizer({
    count: rows.count,
    getScrollElement: () => scroll.current,
    estimateSize: () => rowHeight,
    overscan: 5,
  });
  const items = virtual.getVirtualItems();
  const [first, last] = [items[0]?.index ?? 0, items.at(-1)?.index ?? 0];
  const { onSight } = rows;
  useEffect(() => onSight(first, last), [onSight, first, last]);
  // Another order is looked at from its beginning.
  // biome-ignore lint/correctness/useExhaustiveDependencies: whenever the order is another
  useEffect(() => scroll.current?.scrollTo({ top: 0 }), [order]);
  useImperativeHandle(ref, () => ({
    show: (place) => virtual.scrollToIndex(place),
    focus: (id) => {
      const links = scroll.current?.querySelectorAll<HTMLElement>('[data-case]') ?? [];
      const link = [...links].find((one) => one.dataset.case === id);
      (link ?? scroll.current)?.focus();
    },
  }));
  const onKeyDown = useRowKeys(scroll, rows.count, rowHeight);
  const isOnPaper = useOnPaper();
  const paper = isOnPaper ? loadedRows(rows) : 0;
  const lines = Array.from({ length: paper }, (_, index) => ({
    index,
    start: index * rowHeight,
  }));
  const types = useMemo(
    () => new Map(attributes.map(({ name, type }) => [name, type])),
    [attributes],
  );
  const layout = useMemo(() => layoutOf(columns, types), [columns, types]);
  const table = (
    <section
      ref={scroll}
      className={styles.scroll}
      data-busy={rows.isOld}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls can be reached by keyboard
      tabIndex={0}
      aria-label={text('cases.table')}
      {...tips.handlers}
    >
      <table
        className={styles.table}
        aria-rowcount={rows.count + 1}
        style={
          {
            '--columns': layout.template,
            '--width': `${layout.width}px`,
            '--row': `${rowHeight}px`,
            '--rows': `${virtual.getTotalSize()}px`,
          } as CSSProperties
        }
      >
        <thead className={styles.head}>
          <tr className={styles.row} aria-rowindex={1}>
            {(['case', ...columns] as const).map((column) => (
              <Head key={column} {...{ column, types, sorted, search, onSort }} />
            ))}
          </tr>
        </thead>
        <tbody className={styles.body} onKeyDown={onKeyDown}>
          {[...lines, ...items.filter(({ index }) => index >= paper)].map((line) => (
            <CaseLine
              key={line.index}
              row={rows.rowAt(line.index)}
              place={line.index}
              isScreenOnly={isOnPaper && line.index >= paper}
              start={line.start}
              stepsOf={rows.stepsOf}
              {...{ columns, types, format, order }}
              {...props}
            />
          ))}
        </tbody>
      </table>
      {rows.count === 0 && (
        <p className={styles.none} role="status">
          {text('cases.none', { search: search.q ?? '' })}
        </p>
      )}
      {tips.tip}
    </section>
  );
  return (
    <>
      {table}
      {isOnPaper && paper < rows.total && (
        <p className={styles.onPaper}>{text('cases.paper', { most: paper, cases: rows.total })}</p>
      )}
    </>
  );
}

/** How many rows from the beginning are here, of those that go on paper. */
function loadedRows({ count, rowAt }: CaseRows): number {
  const most = Math.min(count, PAPER_ROWS);
  let here = 0;
  while (here < most && rowAt(here) !== undefined) here += 1;
  return here;
}

const WIDTHS: Record<string, number> = {
  case: 140,
  position: 100,
  rank: 110,
  share: 120,
  start: 160,
  end: 160,
  duration: 125,
  events: 120,
  variant: 190,
  first: 180,
  last: 180,
};

function layoutOf(columns: Column[], types: Map<string, CaseAttribute['type']>) {
  const widths = (['case', ...columns] as const).map((column) => {
    const own = WIDTHS[column];
    if (own !== undefined) return own;
    return types.get(column.slice(1)) === 'boolean' ? 120 : 165;
  });
  return {
    width: widths.reduce((sum, width) => sum + width, 0),
    template: widths.map((width) => `minmax(${width}px, ${width}fr)`).join(' '),
  };
}

interface HeadProps {
  column: Column | 'case';
  types: Map<string, CaseAttribute['type']>;
  sorted: CasesSortName;
  search: CasesSearch;
  onSort: (sort: Pick<CasesSearch, 'sort' | 'asc'>) => void;
}

function Head({ column, types, sorted, search, onSort }: HeadProps) {
  const text = useText();
  const name = columnName(column, text);
  const kind = kindOf(column, types);
  const sort = sortOf(column);
  const isMoney = types.get(column.slice(1)) === 'money';
  if (sort === null) {
    return (
      <th scope="col" className={styles.cell} data-kind={kind} title={name}>
        {name}
      </th>
    );
  }
  const isHere = sorted === sort;
  const isAscending = isHere && search.asc === true;
  const Sign = isAscending ? ArrowUp : ArrowDown;
  const direction = isAscending ? 'ascending' : 'descending';
  return (
    <th
      scope="col"
      className={styles.cell}
      data-kind={kind}
      aria-sort={isHere ? direction : 'none'}
    >
      <button
        type="button"
        className={styles.sort}
        title={isMoney ? text('cases.sort.currency', { name }) : name}
        onClick={() =>
          onSort({
            sort: sort === 'duration' ? undefined : sort,
            asc: isHere && !isAscending ? true : undefined,
          })
        }
      >
        <span>{name}</span>
        <Sign size={13} aria-hidden style={{ visibility: isHere ? 'visible' : 'hidden' }} />
      </button>
    </th>
  );
}

/** The order that a column gives; `null` where the server knows none. */
function sortOf(column: Column | 'case'): CasesSortName | null {
  if (column.startsWith('@')) return column as CasesSortName;
  return OWN_SORTS.find((one) => one === column) ?? null;
}
