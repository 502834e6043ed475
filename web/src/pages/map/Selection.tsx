// The figures of the selected activity or path, what can be done with it, and what is known of it.
import { ActionIcon, Button, UnstyledButton } from '@mantine/core';
import { Ellipsis, ListFilter, Rows3, X } from 'lucide-react';
import { lazy, Suspense, useEffect, useRef } from 'react';
import type { MapScope } from '../../api/drawer';
import type { MapActivity, Spread } from '../../api/map';
import type { Log, Version } from '../../api/types';
import { useFormats } from '../../format';
import type { MapGraph, MapItem } from '../../pictures/process-map/graph';
import { FEW_SHARE } from '../../pictures/process-map/looks';
import { TIME_METRICS } from '../../pictures/process-map/metricNames';
import { needTexts } from '../../text/catalogue';
import { useText } from '../../text/useText';
import { CasesLink, PageCases } from '../explore/CasesLink';
import type { Absence } from './absence';
import { asOnMap, hasItem } from './drawer/scope';
import styles from './Panel.module.css';
import type { MapSearch } from './search';
import type { Figure } from './useFigures';
import type { MapData } from './useMapData';
import { useValueChoice } from './useValueChoice';

/** Its words are those of the places with tables and charts. */
const Drawer = lazy(async () => {
  const [{ Drawer }] = await Promise.all([
    import('./drawer/Drawer'),
    needTexts('explore', 'targets'),
  ]);
  return { default: Drawer };
});

interface SelectionProps {
  log: Log;
  version: Version;
  search: MapSearch;
  data: MapData;
  scope: MapScope;
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
  onFilter: (filter: unknown) => void;
}

export function Selection(props: SelectionProps) {
  const { log, version, search, data, item, graph, figures, absence, onSelect, onMenu } = props;
  const { scope } = props;
  const text = useText();
  const { attributes } = useValueChoice(log, version, search);
  const title = useRef<HTMLHeadingElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another item is shown from its top
  useEffect(() => title.current?.scrollIntoView({ block: 'nearest' }), [item]);
  const name = item.kind === 'activity' ? item.activity : text('map.path.name', item);
  const page = { log: log.id, version: search.version, filters: scope.filters };
  return (
    <PageCases value={page}>
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
          <ActivityFacts name={item.activity} graph={graph} />
        ) : (
          <PathFacts
            from={item.from}
            to={item.to}
            {...{ graph, onSelect }}
            isAdded={props.isAdded}
          />
        )}
        {absence === null && (
          <>
            <Acts item={item} scope={scope} onFilter={props.onFilter} />
            <Suspense>
              <Drawer
                log={log.id}
                {...{ item, graph, scope, attributes, onSelect }}
                timeZone={data.whole?.timeZone}
                onFilter={props.onFilter}
              />
            </Suspense>
          </>
        )}
      </section>
    </PageCases>
  );
}

interface ActsProps {
  item: MapItem;
  scope: MapScope;
  onFilter: (filter: unknown) => void;
}

/** What is done most often; the menu has the rest. */
function Acts({ item, scope, onFilter }: ActsProps) {
  const text = useText();
  const filter = hasItem(item, scope);
  return (
    <div className={styles.buttons}>
      <Button
        size="compact-sm"
        variant="default"
        leftSection={<ListFilter size={14} aria-hidden />}
        onClick={() => onFilter(filter)}
      >
        {text('map.menu.keepThese')}
      </Button>
      <span className={styles.explore}>
        <Rows3 size={14} aria-hidden />
        <CasesLink and={asOnMap(filter, scope)}>{text('map.menu.explore')}</CasesLink>
      </span>
    </div>
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
        <p className={styles.hint} role="status">
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
}

function ActivityFacts({ name, graph }: ActivityFactsProps) {
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
  return (
    <>
      <h3 className={styles.group}>{title}</h3>
      <Rows
        rows={TIME_METRICS.map((metric) => [
          text(`map.metric.${metric}`),
          format.durationShort(spread[metric]),
        ])}
      />
    </>
  );
}
