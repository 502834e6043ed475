// The figures of the selected activity or path, and what comes before and after.
import { ActionIcon, Button, UnstyledButton } from '@mantine/core';
import { Ellipsis, X } from 'lucide-react';
import { useEffect, useRef } from 'react';
import type { MapActivity, MapPath, Spread } from '../../api/map';
import { useFormats } from '../../format';
import type { MapGraph, MapItem } from '../../pictures/process-map/graph';
import { FEW_SHARE } from '../../pictures/process-map/looks';
import { TIME_METRICS } from '../../pictures/process-map/metricNames';
import { useText } from '../../text/useText';
import type { Absence } from './absence';
import styles from './Panel.module.css';
import type { Figure } from './useFigures';
import { spreadWriter } from './write';

interface SelectionProps {
  item: MapItem;
  graph: MapGraph;
  /** Those of the map, first. */
  figures: Figure[];
  /** Whether it is on the map only because it is selected. */
  isAdded: boolean;
  /** Why it is not on the map. */
  absence: Absence | null;
  /** Moves the Activities slider. */
  onShow: (from: number) => void;
  onSelect: (item: MapItem | null) => void;
  onMenu: (item: MapItem, x: number, y: number) => void;
}

export function Selection(props: SelectionProps) {
  const { item, graph, figures, isAdded, absence, onSelect, onMenu } = props;
  const text = useText();
  const title = useRef<HTMLHeadingElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another item is shown from its top
  useEffect(() => title.current?.scrollIntoView({ block: 'nearest' }), [item]);
  const name = item.kind === 'activity' ? item.activity : text('map.path.name', item);
  return (
    <section className={styles.section} aria-label={name}>
      <div className={styles.head}>
        <h2 ref={title} className={styles.title}>
          {name}
        </h2>
        {absence?.kind !== 'unknown' && (
          <ActionIcon
            size={24}
            variant="subtle"
            aria-label={text('map.menu', { name })}
            aria-haspopup="menu"
            onClick={(event) => {
              const { left, bottom } = event.currentTarget.getBoundingClientRect();
              onMenu(item, left, bottom);
            }}
          >
            <Ellipsis size={15} aria-hidden />
          </ActionIcon>
        )}
        <ActionIcon
          size={24}
          variant="subtle"
          aria-label={text('map.selection.close')}
          onClick={() => onSelect(null)}
        >
          <X size={15} aria-hidden />
        </ActionIcon>
      </div>
      {absence && <Absent absence={absence} onShow={props.onShow} />}
      {figures.length > 0 && (
        <dl className={styles.tiles}>
          {figures.map(([name, value]) => (
            <div key={name} className={styles.tile}>
              <dt title={name}>{name}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
      )}
      {item.kind === 'activity' ? (
        <ActivityFacts name={item.activity} graph={graph} onSelect={onSelect} />
      ) : (
        <PathFacts from={item.from} to={item.to} {...{ graph, isAdded, onSelect }} />
      )}
    </section>
  );
}

interface AbsentProps {
  absence: Absence;
  onShow: (from: number) => void;
}

function Absent({ absence, onShow }: AbsentProps) {
  const text = useText();
  switch (absence.kind) {
    case 'unknown':
      return (
        <p className={styles.hint}>
          {text('map.selection.unknown', { activity: absence.activity })}
        </p>
      );
    case 'noPath':
      return <p className={styles.hint}>{text('map.selection.noPath')}</p>;
    case 'hidden':
      return (
        <>
          <p className={styles.hint}>{text('map.selection.hidden')}</p>
          <Button size="xs" mt="xs" onClick={() => onShow(absence.from)}>
            {text('map.selection.show')}
          </Button>
        </>
      );
  }
}

interface ActivityFactsProps {
  name: string;
  graph: MapGraph;
  onSelect: (item: MapItem) => void;
}

function ActivityFacts({ name, graph, onSelect }: ActivityFactsProps) {
  const text = useText();
  const format = useFormats();
  const activity = graph.activities.find((one) => one.activity === name);
  if (!activity) return null;
  const starts = graph.starts.find((start) => start.activity === name)?.cases ?? 0;
  const ends = graph.ends.find((end) => end.activity === name)?.cases ?? 0;
  const rows: Row[] = [
    [text('map.selection.cases'), casesWithShare(activity.cases, graph.cases)],
    [text('map.selection.events'), format.number(activity.events, 0)],
    [text('map.selection.repetitions'), perCase(activity)],
  ];
  if (starts > 0) rows.push([text('map.selection.starts'), casesWithShare(starts, graph.cases)]);
  if (ends > 0) rows.push([text('map.selection.ends'), casesWithShare(ends, graph.cases)]);
  return (
    <>
      <Rows rows={rows} />
      <Times title={text('map.selection.time.own')} spread={activity.duration_s} />
      <Times title={text('map.selection.time.wait')} spread={activity.wait_s} />
      <Flows name={name} graph={graph} side="from" onSelect={onSelect} />
      <Flows name={name} graph={graph} side="to" onSelect={onSelect} />
    </>
  );

  function casesWithShare(cases: number, all: number): string {
    const share = format.percent(all === 0 ? 0 : cases / all);
    return text('map.selection.casesShare', { cases, share, total: all });
  }

  function perCase({ events, cases }: MapActivity): string {
    return text('map.times', { count: format.number(cases === 0 ? 0 : events / cases, 2) });
  }
}

interface PathFactsProps {
  from: string;
  to: string;
  graph: MapGraph;
  isAdded: boolean;
  onSelect: (item: MapItem) => void;
}

function PathFacts({ from, to, graph, isAdded, onSelect }: PathFactsProps) {
  const text = useText();
  const format = useFormats();
  const path = graph.paths.find((one) => one.from === from && one.to === to);
  if (!path) return null;
  const casesFrom = graph.activities.find((one) => one.activity === from)?.cases ?? 0;
  const share = graph.cases === 0 ? 0 : path.cases / graph.cases;
  const rows: Row[] = [
    [
      text('map.selection.cases'),
      text('map.selection.casesShare', {
        cases: path.cases,
        share: format.percent(share),
        total: graph.cases,
      }),
    ],
    [
      text('map.selection.ofFrom', { activity: from }),
      text('map.share.ofCases', {
        share: format.percent(casesFrom === 0 ? 0 : path.cases / casesFrom),
        total: casesFrom,
      }),
    ],
    [text('map.selection.passes'), format.number(path.events, 0)],
  ];
  if (path.overlaps > 0) {
    const time = format.duration(path.overlap_s);
    rows.push([
      text('map.selection.overlaps'),
      text('map.selection.overlaps.value', { count: path.overlaps, time }),
    ]);
  }
  return (
    <>
      {isAdded && <p className={styles.note}>{text('map.selection.added')}</p>}
      <Rows rows={rows} />
      {path.cases < FEW_SHARE * casesFrom && (
        <p className={styles.hint}>{text('map.selection.few')}</p>
      )}
      {path.duration_s ? (
        <Times title={text('map.selection.time.path')} spread={path.duration_s} />
      ) : (
        <p className={styles.hint}>{text('map.selection.time.none')}</p>
      )}
      {[from, to].map((activity, idx) => (
        <UnstyledButton
          // biome-ignore lint/suspicious/noArrayIndexKey: a loop has the same activity twice
          key={idx}
          className={styles.flow ?? ''}
          onClick={() => onSelect({ kind: 'activity', activity })}
        >
          <i style={{ width: '100%' }} />
          <span>{activity}</span>
        </UnstyledButton>
      ))}
    </>
  );
}

type Row = [name: string, value: string];

function Rows({ rows }: { rows: Row[] }) {
  return (
    <dl className={styles.figures}>
      {rows.map(([name, value]) => (
        <div key={name} style={{ display: 'contents' }}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

function Times({ title, spread }: { title: string; spread: Spread | null | undefined }) {
  const text = useText();
  const format = useFormats();
  if (!spread) return null;
  const write = spreadWriter(format, spread);
  return (
    <>
      <h3 className={styles.group}>{title}</h3>
      <Rows
        rows={TIME_METRICS.map((metric) => [text(`map.metric.${metric}`), write(spread[metric])])}
      />
    </>
  );
}

const FLOWS_LISTED = 6;

interface FlowsProps {
  name: string;
  graph: MapGraph;
  side: 'from' | 'to';
  onSelect: (item: MapItem) => void;
}

/** What comes before or after, with its share of all passes; the largest fills the line. */
function Flows({ name, graph, side, onSelect }: FlowsProps) {
  const text = useText();
  const format = useFormats();
  const paths = graph.paths
    .filter((path) => (side === 'from' ? path.to : path.from) === name)
    .sort((left, right) => right.events - left.events);
  const sum = paths.reduce((total, path) => total + path.events, 0);
  const most = paths[0]?.events ?? 0;
  if (paths.length === 0) return null;
  const more = paths.length - FLOWS_LISTED;
  return (
    <>
      <h3 className={styles.group}>
        {text(`map.selection.${side}`)}
        <span>{text(`map.selection.${side}.base`, { count: sum })}</span>
      </h3>
      {paths.slice(0, FLOWS_LISTED).map((path) => (
        <UnstyledButton
          key={path[side]}
          className={styles.flow ?? ''}
          title={otherEnd(path)}
          onClick={() => onSelect({ kind: 'path', from: path.from, to: path.to })}
        >
          <i style={{ width: `${(path.events / most) * 100}%` }} />
          <span>{otherEnd(path)}</span>
          <b>{format.percent(path.events / sum, path.events / sum < 0.1 ? 1 : 0)}</b>
        </UnstyledButton>
      ))}
      {more > 0 && <p className={styles.hint}>{text('map.selection.more', { count: more })}</p>}
    </>
  );

  function otherEnd(path: MapPath): string {
    return path.from === path.to ? text('map.selection.repeat') : path[side];
  }
}
