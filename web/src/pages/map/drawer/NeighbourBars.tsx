// What comes before and after: bars with shares; each leads to its path, its cases, or a filter.
import { ActionIcon, Tooltip, UnstyledButton } from '@mantine/core';
import { ListFilter } from 'lucide-react';
import type { MapScope, NeighbourSide, NeighboursAnswer } from '../../../api/drawer';
import { useFormats } from '../../../format';
import type { MapItem } from '../../../pictures/process-map/graph';
import { useText } from '../../../text/useText';
import { CasesLink } from '../../explore/CasesLink';
import { SortedTable } from '../../explore/SortedTable';
import styles from './Drawer.module.css';
import { Section } from './Section';
import { asOnMap, ends, type Filter, goes, starts } from './scope';

interface NeighbourBarsProps {
  side: 'from' | 'to';
  item: MapItem;
  answer: NeighboursAnswer;
  scope: MapScope;
  onSelect: (item: MapItem) => void;
  onFilter: (filter: Filter) => void;
}

const LISTED = 6;

interface Row {
  key: string;
  name: string;
  events: number;
  share: number;
  cases: number | null;
  median: number | null;
  path: MapItem | null;
  filter: Filter | null;
}

export function NeighbourBars(props: NeighbourBarsProps) {
  const { side, item, answer } = props;
  const text = useText();
  const found = side === 'from' ? answer.comes_from : answer.goes_to;
  const rows = useRows(props, found);
  if (rows.length === 0) return null;
  const most = Math.max(1, ...rows.map((row) => row.events));
  return (
    <Section
      id={`neighbours ${side}`}
      title={text(`map.selection.${side}`)}
      hint={text('map.neighbours.base', { count: answer.occurrences })}
      hasTable
    >
      {({ isTable }) =>
        isTable ? (
          <Table rows={rows} {...props} />
        ) : (
          <>
            {rows.slice(0, LISTED).map((row) => (
              <Bar key={row.key} row={row} most={most} {...props} />
            ))}
            {(rows.length > LISTED || found.other_events > 0) && (
              <p className={styles.hint}>
                {text('map.selection.more', {
                  count: Math.max(rows.length, found.total) - LISTED,
                })}
              </p>
            )}
            {item.kind === 'path' && <p className={styles.hint}>{text('map.neighbours.path')}</p>}
          </>
        )
      }
    </Section>
  );
}

function Bar({ row, most, scope, onSelect, onFilter }: NeighbourBarsProps & BarProps) {
  const text = useText();
  const format = useFormats();
  const { name, path, filter, cases, share } = row;
  const content = (
    <>
      <i style={{ width: `${(row.events / most) * 100}%` }} />
      <span>{name}</span>
      <b>{format.percent(share, share < 0.1 ? 1 : 0)}</b>
    </>
  );
  return (
    <div className={styles.line}>
      {path ? (
        <UnstyledButton className={styles.bar ?? ''} title={name} onClick={() => onSelect(path)}>
          {content}
        </UnstyledButton>
      ) : (
        <div className={styles.bar} title={name}>
          {content}
        </div>
      )}
      {filter && (
        <>
          {cases !== null && (
            <CasesLink
              className={styles.count}
              and={asOnMap(filter, scope)}
              label={text('map.neighbours.cases', { count: cases, name })}
            >
              {format.number(cases, 0)}
            </CasesLink>
          )}
          <Tooltip label={text('map.neighbours.keep', { name })}>
            <ActionIcon
              size={24}
              variant="subtle"
              aria-label={text('map.neighbours.keep', { name })}
              onClick={() => onFilter(filter)}
            >
              <ListFilter size={13} aria-hidden />
            </ActionIcon>
          </Tooltip>
        </>
      )}
    </div>
  );
}

interface BarProps {
  row: Row;
  most: number;
}

function Table({ rows, side, scope }: NeighbourBarsProps & { rows: Row[] }) {
  const text = useText();
  const title = text(`map.selection.${side}`);
  return (
    <SortedTable
      label={title}
      file={title}
      rows={rows}
      rowKey={(row) => row.key}
      columns={[
        { key: 'name', name: title, kind: 'name', value: (row) => row.name },
        {
          key: 'events',
          name: text('map.selection.passes'),
          kind: 'count',
          value: (row) => row.events,
        },
        {
          key: 'share',
          name: text('map.table.share'),
          kind: 'share',
          value: (row) => row.share,
        },
        {
          key: 'cases',
          name: text('map.table.cases'),
          kind: 'count',
          value: (row) => row.cases,
          show: ({ cases, filter }, written) =>
            cases !== null && filter ? (
              <CasesLink and={asOnMap(filter, scope)}>{written}</CasesLink>
            ) : (
              written
            ),
        },
        {
          key: 'median',
          name: text('map.metric.median'),
          kind: 'durationShort',
          value: (row) => row.median,
        },
      ]}
    />
  );
}

/** What is on one side, and the cases that begin or end here. */
function useRows({ side, item, scope }: NeighbourBarsProps, found: NeighbourSide): Row[] {
  const text = useText();
  // What is before a path is before its first activity, what is after it after its last.
  const end = item.kind === 'activity' ? item.activity : side === 'from' ? item.from : item.to;
  const rows = found.activities.map((one): Row => {
    const [from, to] = side === 'from' ? [one.activity, end] : [end, one.activity];
    return {
      key: one.activity,
      name: one.activity === end ? text('map.selection.repeat') : one.activity,
      events: one.events,
      share: one.share ?? 0,
      cases: one.cases,
      median: one.wait_s?.median ?? null,
      path: { kind: 'path', from, to },
      // Three activities in a row are no filter.
      filter: item.kind === 'activity' ? goes([from], [to], scope) : null,
    };
  });
  if (found.none === 0) return rows;
  const isOwn = item.kind === 'activity';
  const none: Row = {
    key: '',
    name: text(side === 'from' ? 'map.selection.starts' : 'map.selection.ends'),
    events: found.none,
    share: found.none_share ?? 0,
    cases: isOwn ? found.none : null,
    median: null,
    path: null,
    filter: isOwn ? (side === 'from' ? starts(end, scope) : ends(end, scope)) : null,
  };
  return [...rows, none].sort((left, right) => right.events - left.events);
}
