// What is said beside the pointer: name, figures, times, and how it went in the last months.
import { useQuery } from '@tanstack/react-query';
import { type MapScope, MONTHS, monthsQuery } from '../../api/drawer';
import { useFormats } from '../../format';
import { END, type MapGraph, type MapItem, START } from '../../pictures/process-map/graph';
import type { Pointed } from '../../pictures/process-map/ProcessMap';
import { Sparkline } from '../../pictures/sparkline/Sparkline';
import { useText } from '../../text/useText';
import { TipTarget } from '../targets/TipTarget';
import styles from './MapView.module.css';
import type { FiguresOf } from './useFigures';

interface TipProps {
  log: number;
  pointed: Pointed;
  graph: MapGraph;
  figures: FiguresOf;
  scope: MapScope;
  /** Size of the stage, to stay on it. */
  stage: { width: number; height: number };
}

const GAP = 14;
const WIDTH_ROOM = 300;
const HEIGHT_ROOM = 230;

export function Tip({ log, pointed, graph, figures, scope, stage }: TipProps) {
  const facts = useFacts(pointed, graph, figures);
  if (facts === null) return null;
  const isRight = pointed.x + WIDTH_ROOM > stage.width;
  const isLow = pointed.y + HEIGHT_ROOM > stage.height;
  const style = {
    ...(isRight ? { right: stage.width - pointed.x + GAP } : { left: pointed.x + GAP }),
    ...(isLow ? { bottom: stage.height - pointed.y + GAP } : { top: pointed.y + GAP }),
  };
  return (
    <div className={styles.tip} style={style} role="tooltip">
      <p className={styles.tipTitle}>{facts.title}</p>
      {facts.first && <Figures rows={facts.first} isFirst />}
      <Figures rows={facts.rows} />
      {facts.times && (
        <>
          <p>{facts.times.title}</p>
          <Figures rows={facts.times.rows} />
        </>
      )}
      {!pointed.arrow && <TipTarget {...{ log, scope }} item={pointed.item} />}
      {!pointed.arrow && <Months item={pointed.item} scope={scope} />}
    </div>
  );
}

/** Its room is there before its picture is: what is said does not jump. */
function Months({ item, scope }: { item: MapItem; scope: MapScope }) {
  const text = useText();
  const format = useFormats();
  const { data } = useQuery(monthsQuery(scope, item));
  const months = data?.months ?? [];
  const counts = months.map((month) => month.occurrences);
  const most = Math.max(0, ...counts);
  const title = text('map.months', { count: months.length || MONTHS });
  return (
    <div className={styles.months}>
      <span>{title}</span>
      {months.length > 1 && (
        <Sparkline
          values={counts}
          label={text('map.months.most', { most: format.number(most, 0) })}
        />
      )}
    </div>
  );
}

type Rows = [name: string, value: string][];

function Figures({ rows, isFirst }: { rows: Rows; isFirst?: boolean }) {
  return (
    <dl className={styles.figures} data-first={isFirst}>
      {rows.map(([name, value]) => (
        <div key={name} style={{ display: 'contents' }}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

interface Facts {
  title: string;
  /** The figures of the map. */
  first?: Rows;
  rows: Rows;
  times?: { title: string; rows: Rows };
}

function useFacts({ item, arrow }: Pointed, graph: MapGraph, figures: FiguresOf): Facts | null {
  const text = useText();
  const format = useFormats();
  const count = (value: number) => format.number(value, 0);
  const share = (cases: number) =>
    text('map.share.ofCases', {
      share: format.percent(graph.cases === 0 ? 0 : cases / graph.cases),
      total: graph.cases,
    });
  if (arrow) {
    const key = arrow.from === START ? 'map.starts' : 'map.ends';
    const activity = arrow.to === END ? arrow.from : arrow.to;
    const rows: Rows = [[text('map.metric.share'), share(arrow.cases)]];
    return { title: text(key, { cases: arrow.cases, activity }), rows };
  }
  const one =
    item.kind === 'activity'
      ? graph.activities.find((activity) => activity.activity === item.activity)
      : graph.paths.find((path) => path.from === item.from && path.to === item.to);
  if (one === undefined) return null;
  const first = figures(item, graph);
  const all: Rows = [
    [text('map.metric.cases'), count(one.cases)],
    [text('map.metric.share'), share(one.cases)],
    [
      text(item.kind === 'activity' ? 'map.metric.events' : 'map.selection.passes'),
      count(one.events),
    ],
  ];
  const rows = all.filter(([name]) => !first.some(([other]) => other === name));
  const spread = one.duration_s ?? ('wait_s' in one ? one.wait_s : null);
  const kind = item.kind === 'path' ? 'path' : one.duration_s ? 'own' : 'wait';
  const title =
    item.kind === 'activity'
      ? item.activity
      : text('map.path.name', { from: item.from, to: item.to });
  if (!spread) return { title, first, rows };
  const times: Rows = [
    [text('map.metric.median'), format.durationShort(spread.median)],
    [text('map.metric.p90'), format.durationShort(spread.p90)],
  ];
  return { title, first, rows, times: { title: text(`map.selection.time.${kind}`), rows: times } };
}
