// The list of variants: only the rows in sight are in the page.
import { useVirtualizer } from '@tanstack/react-virtual';
import { ArrowDown, ArrowUp } from 'lucide-react';
import { useCallback, useMemo, useRef, useState } from 'react';
import type { Log, Version } from '../../api/types';
import type { VariantRow } from '../../api/variants';
import type { StepLooks } from '../../pictures/variants/ChevronStrip';
import { useText } from '../../text/useText';
import { useSize } from '../explore/useSize';
import { useStepTips } from '../log/StepTip';
import type { Entry } from './list';
import { pinnedOf } from './pinned';
import type { VariantSort, VariantsSearch } from './search';
import type { Chosen } from './selection';
import type { Variants } from './useVariants';
import { VariantLine } from './VariantLine';
import styles from './VariantList.module.css';

const ROW_HEIGHT = 44;

interface VariantListProps {
  log: Log;
  version: Version;
  search: VariantsSearch;
  filters: unknown[];
  looks: StepLooks;
  entries: Entry[];
  /** How many there will be once all that are on their way have come. */
  count: number;
  /** What they are searched for. */
  wanted: string;
  chosen: Chosen;
  variants: Variants;
  onSort: (sort: Pick<VariantsSearch, 'sort' | 'asc'>) => void;
  onToggle: (rows: VariantRow[]) => void;
}

export function VariantList(props: VariantListProps) {
  const { log, search, filters, looks, chosen, variants, wanted, onToggle } = props;
  const text = useText();
  const scroll = useRef<HTMLElement>(null);
  const head = useRef<HTMLTableCellElement>(null);
  const { width } = useSize(head);
  const tips = useStepTips();
  const [open, setOpen] = useState<ReadonlySet<string>>(new Set());
  const { rows, happyPath } = variants;
  const pinned = useMemo(
    () => pinnedOf(props.entries, rows, happyPath, wanted),
    [props.entries, rows, happyPath, wanted],
  );
  const entries = useMemo(() => {
    const onTop = new Set(pinned.map(({ entry }) => entry.row.id));
    return props.entries.filter(({ row }) => !onTop.has(row.id));
  }, [props.entries, pinned]);
  const [first] = rows;
  // Those on top are not listed once more; a happy path that no case follows is not listed at all.
  const onTop = pinned.filter(({ entry }) => entry.row.rank > 0).length;
  const count = Math.max(entries.length, props.count - onTop);
  const virtual = useVirtualizer({
    count,
    getScrollElement: () => scroll.current,
    getItemKey: (idx) => entries[idx]?.row.id ?? idx,
    estimateSize: () => ROW_HEIGHT,
    overscan: 5,
  });
  // How long the paths may be is measured before the first of them is drawn.
  const hasRoom = width > 0;
  const seen = hasRoom ? virtual.getVirtualItems() : [];
  const latest = useRef(onToggle);
  latest.current = onToggle;
  const toggle = useCallback((some: VariantRow[]) => latest.current(some), []);
  const flip = useCallback((id: string) => setOpen((before) => flipped(before, id)), []);
  const line = (entry: Entry) => ({
    log: log.id,
    version: search.version,
    filters,
    looks,
    entry,
    chosen,
    mostCases: first?.cases ?? 0,
    values: variants.by,
    pathWidth: width,
    isOpen: open.has(entry.row.id),
    onOpen: flip,
    onToggle: toggle,
  });
  return (
    <section
      ref={scroll}
      className={styles.scroll}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls can be reached by keyboard
      tabIndex={0}
      aria-label={text('variants.list')}
      {...tips.handlers}
    >
      <table className={styles.table} aria-rowcount={count + pinned.length + 1}>
        <thead className={styles.head}>
          <Heads search={search} onSort={props.onSort} path={head} />
          {hasRoom &&
            pinned.map(({ entry, pins }, idx) => (
              <VariantLine key={pins.join()} {...line(entry)} number={idx + 2} pins={pins} />
            ))}
        </thead>
        <tbody className={styles.body} style={{ height: virtual.getTotalSize() }}>
          {seen.map(({ index, key, start }) => {
            const entry = entries[index];
            return (
              entry && (
                <VariantLine
                  key={key}
                  {...line(entry)}
                  number={index + pinned.length + 2}
                  measure={virtual.measureElement}
                  {...{ index, start }}
                />
              )
            );
          })}
        </tbody>
      </table>
      {entries.length + pinned.length === 0 && wanted !== '' && (
        <p className={styles.none} role="status">
          {text(variants.isGrowing ? 'variants.none.yet' : 'variants.none', {
            search: wanted,
          })}
        </p>
      )}
      {tips.tip}
    </section>
  );
}

function flipped(before: ReadonlySet<string>, id: string): ReadonlySet<string> {
  const after = new Set(before);
  if (!after.delete(id)) after.add(id);
  return after;
}

interface HeadsProps {
  search: VariantsSearch;
  onSort: (sort: Pick<VariantsSearch, 'sort' | 'asc'>) => void;
  path: React.RefObject<HTMLTableCellElement | null>;
}

function Heads({ search, onSort, path }: HeadsProps) {
  const text = useText();
  const sort = (column: VariantSort) => <Sorted column={column} {...{ search, onSort }} />;
  return (
    <tr className={`${styles.row} ${styles.heads}`} aria-rowindex={1}>
      <th scope="col" className={styles.check}>
        <span className="only-read-aloud">{text('variants.choose')}</span>
      </th>
      <th scope="col" className={styles.rank}>
        {text('variants.rank')}
      </th>
      <th scope="col" className={styles.path} ref={path}>
        {text('variants.path')}
      </th>
      {sort('steps')}
      {sort('cases')}
      <th scope="col" className={styles.cumulative}>
        {text('variants.cumulative')}
      </th>
      {sort('median')}
    </tr>
  );
}

interface SortedProps extends Omit<HeadsProps, 'path'> {
  column: VariantSort;
}

function Sorted({ column, search, onSort }: SortedProps) {
  const text = useText();
  const isHere = (search.sort ?? 'cases') === column;
  const isAscending = isHere && search.asc === true;
  const Sign = isAscending ? ArrowUp : ArrowDown;
  const direction = isAscending ? 'ascending' : 'descending';
  return (
    <th scope="col" className={styles[column]} aria-sort={isHere ? direction : 'none'}>
      <button
        type="button"
        className={styles.sort}
        onClick={() =>
          onSort({
            sort: column === 'cases' ? undefined : column,
            asc: isHere && !isAscending ? true : undefined,
          })
        }
      >
        {text(`variants.${column}`)}
        <Sign size={13} aria-hidden style={{ visibility: isHere ? 'visible' : 'hidden' }} />
      </button>
    </th>
  );
}
