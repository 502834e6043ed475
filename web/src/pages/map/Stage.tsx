// The stage: the picture or the table, with its controls, legend and states.
import { type RefObject, useEffect, useMemo, useRef, useState } from 'react';
import { failureOf } from '../../api/problem';
import type { Log, Version } from '../../api/types';
import { useFormats } from '../../format';
import type { MapItem } from '../../pictures/process-map/graph';
import { looksOf } from '../../pictures/process-map/looks';
import { hasOwnTimes, METRICS, type Metric } from '../../pictures/process-map/metrics';
import {
  type MapHandle,
  type MapWords,
  type Pointed,
  ProcessMap,
} from '../../pictures/process-map/ProcessMap';
import { following } from '../../pictures/process-map/walk';
import { FailureView } from '../../shell/FailureView';
import { Late } from '../../shell/Late';
import { useText } from '../../text/useText';
import { Legend, type Range } from './Legend';
import { MapTable } from './MapTable';
import styles from './MapView.module.css';
import { MetricControl } from './MetricControl';
import { Skeleton } from './Skeleton';
import { type StageActions, StageTools } from './StageTools';
import { FlatView, flatness, NoMatch, TooBig } from './States';
import { Tip } from './Tip';
import type { Colours } from './useColours';
import type { MapData } from './useMapData';
import { isDrawable, measure, type Scene, type SceneState } from './useScene';
import { type Size, useSize } from './useSize';
import type { Sliders } from './useSliders';
import { type Write, writer } from './write';

export interface StageProps {
  log: Log;
  version: Version;
  data: MapData;
  scene: SceneState;
  sliders: Sliders;
  metric: Metric;
  colours: Colours;
  selected: MapItem | null;
  actions: StageActions;
  isTable: boolean;
  map: RefObject<MapHandle | null>;
  onSelect: (item: MapItem | null) => void;
  onMetric: (metric: Metric) => void;
  onFilters: (filters: unknown[]) => void;
}

export function Stage(props: StageProps) {
  const { data, scene, isTable } = props;
  const text = useText();
  const isBusy = data.isFetching || scene.isPending;
  return (
    <section className={styles.stage} aria-label={text('place.map')}>
      {isBusy && data.shown && (
        <div className={styles.progress} role="status">
          <span className="only-read-aloud">{text('map.refreshing')}</span>
        </div>
      )}
      <Content {...props} isBusy={isBusy} />
      {data.shown && <StageTools actions={props.actions} isTable={isTable} />}
    </section>
  );
}

function Content(props: StageProps & { isBusy: boolean }) {
  const { log, version, data, scene, isTable } = props;
  const text = useText();
  const [isShownAnyway, setIsShownAnyway] = useState(false);
  if (data.error) {
    return (
      <div className={styles.scroll}>
        <FailureView failure={failureOf(data.error)} onRetry={data.retry} />
      </div>
    );
  }
  if (!data.whole || !data.shown) {
    return (
      <Late>
        <Skeleton words={text('map.loading', { events: version.events })} />
      </Late>
    );
  }
  if (data.whole.map.activities.length === 0) {
    const { filters } = data.whole;
    const without = (gone: number) => filters.map((one) => one.filter).filter((_, i) => i !== gone);
    return (
      <NoMatch
        filters={filters}
        onRemove={(gone) => props.onFilters(without(gone))}
        onClear={() => props.onFilters([])}
      />
    );
  }
  if (isTable) {
    return (
      <MapTable
        graph={data.shown.map}
        title={text('map.table.title', { log: log.name })}
        selected={props.selected}
        onSelect={props.onSelect}
        onDownload={() => props.actions.export('csv')}
      />
    );
  }
  const flat = flatness(data.whole);
  if (flat && !isShownAnyway) {
    const show = () => setIsShownAnyway(true);
    return <FlatView flat={flat} log={log.id} version={version.number} onShow={show} />;
  }
  if (!isDrawable(data.shown.map)) {
    return <TooBig count={data.shown.map.activities.length} onTable={props.actions.table} />;
  }
  if (scene.error) {
    return (
      <div className={styles.scroll}>
        <FailureView
          failure={{
            kind: 'fault',
            message: `${text('map.layoutFailed')}: ${scene.error.message}`,
          }}
          onRetry={scene.retry}
        />
      </div>
    );
  }
  if (!scene.scene) {
    return (
      <Late>
        <Skeleton words={text('map.drawing')} />
      </Late>
    );
  }
  return <Picture {...props} scene={scene.scene} />;
}

/** Room for the controls above, the buttons on the right and the legend below. */
const SIDES = { top: 18, right: 64, bottom: 18, left: 24 };
const CORNER_ROOM = 26;

type PictureProps = Omit<StageProps, 'scene'> & { scene: Scene; isBusy: boolean };

function Picture(props: PictureProps) {
  const { log, scene, sliders, metric, colours, selected, map } = props;
  const text = useText();
  const format = useFormats();
  const stage = useRef<HTMLDivElement>(null);
  const size = useSize(stage);
  const legend = useRef<HTMLDivElement>(null);
  const legendSize = useSize(legend);
  const control = useRef<HTMLDivElement>(null);
  const controlSize = useSize(control);
  const [pointed, setPointed] = useState<Pointed | null>(null);
  const [range, setRange] = useState<Range | null>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another metric has another scale
  useEffect(() => setRange(null), [metric]);
  const write = useMemo(() => writer(format, text), [format, text]);
  const { graph, layout } = scene;
  const { arrows } = sliders;
  const activities = useMemo(() => graph.activities.map((one) => one.activity), [graph]);
  const looks = useMemo(
    () => looksOf({ graph, arrows, metric, palette: colours.palette, write }),
    [graph, arrows, metric, colours, write],
  );
  const insets = useMemo(() => {
    const withRoom = ({ width, height }: Size) => {
      return { width: width + CORNER_ROOM, height: height + CORNER_ROOM };
    };
    return { ...SIDES, upper: withRoom(controlSize), lower: withRoom(legendSize) };
  }, [controlSize, legendSize]);
  const words = useWords(log.name, props, write);
  return (
    <>
      <div ref={stage} className={styles.picture} data-busy={props.isBusy}>
        <ProcessMap
          ref={map}
          {...{ layout, activities, arrows, looks, words, selected, range, measure }}
          colours={colours.picture}
          insets={insets}
          onSelect={props.onSelect}
          onPoint={setPointed}
        />
        {pointed && <Tip pointed={pointed} graph={graph} stage={size} />}
      </div>
      <div ref={control} className={`${styles.topLeft} not-printed`}>
        <MetricControl metric={metric} onChange={props.onMetric} />
      </div>
      <div ref={legend} className={`${styles.card} ${styles.bottomLeft}`}>
        <Legend
          {...{ metric, looks, colours, write, range }}
          hasOwnTimes={hasOwnTimes(graph)}
          hasStubs={arrows.some((arrow) => arrow.isStub)}
          onRange={setRange}
        />
      </div>
    </>
  );
}

/** What screen readers say. */
function useWords(log: string, props: PictureProps, write: Write): MapWords {
  const { scene, sliders, metric } = props;
  const text = useText();
  const format = useFormats();
  return useMemo(() => {
    const { graph } = scene;
    const meaning = METRICS[metric];
    const byName = new Map(graph.activities.map((one) => [one.activity, one]));
    return {
      start: text('map.start'),
      end: text('map.end'),
      role: text('map.role'),
      summary: text('map.summary', {
        log,
        cases: graph.cases,
        activities: graph.activities.length,
        paths: sliders.drawn,
      }),
      ofActivity: (activity) => {
        const one = byName.get(activity);
        const value = one ? meaning.ofActivity(one, graph) : null;
        const isSaid = metric === 'cases' || metric === 'share' || value === null;
        return text('map.activityLabel', {
          activity,
          cases: one?.cases ?? 0,
          share: format.percent(one && graph.cases > 0 ? one.cases / graph.cases : 0),
          value: isSaid
            ? ''
            : text('map.activityLabel.value', {
                metric: text(`map.metric.${metric}`),
                value: write(value, meaning.unit),
              }),
          ways: following(activity, sliders.arrows).length,
        });
      },
    };
  }, [log, scene, sliders.arrows, sliders.drawn, metric, text, format, write]);
}
