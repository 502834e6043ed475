// The stage: the picture or the table, or what is said instead of them.
import {
  lazy,
  type RefObject,
  Suspense,
  useEffect,
  useLayoutEffect,
  useRef,
  useState,
} from 'react';
import type { MapScope } from '../../api/drawer';
import { failureOf } from '../../api/problem';
import type { Log, Version } from '../../api/types';
import type { MapItem } from '../../pictures/process-map/graph';
import type { Metric } from '../../pictures/process-map/metricNames';
import type { Moved } from '../../pictures/process-map/movedBy';
import type { MapHandle } from '../../pictures/process-map/ProcessMap';
import { FailureView } from '../../shell/FailureView';
import { Late } from '../../shell/Late';
import { ahead, useLoaded } from '../../shell/useLoaded';
import { useText } from '../../text/useText';
import { type Size, useSize } from '../explore/useSize';
import { NoMatch } from '../log/NoMatch';
import { PlaceFailure } from '../log/PlaceFailure';
import progress from '../log/Progress.module.css';
import styles from './MapView.module.css';
import type { ValuesOf } from './MetricControl';
import { Picture } from './Picture';
import { Skeleton } from './Skeleton';
import type { StageActions } from './StageTools';
import type { MapSearch } from './search';
import { type StageState, stageState } from './stageState';
import type { Colours } from './useColours';
import type { FiguresOf } from './useFigures';
import type { MapData } from './useMapData';
import type { SceneState } from './useScene';
import type { Sliders } from './useSliders';

/** On its way while the map is asked for. */
const loadTools = ahead(() => import('./StageTools'));

/** Loaded when it is needed. */
const MapTable = lazy(async () => ({ default: (await import('./MapTable')).MapTable }));
const FlatView = lazy(async () => ({ default: (await import('./States')).FlatView }));
const TooBig = lazy(async () => ({ default: (await import('./States')).TooBig }));

export interface StageProps {
  log: Log;
  version: Version;
  data: MapData;
  scope: MapScope;
  scene: SceneState;
  sliders: Sliders;
  metric: Metric;
  values: ValuesOf;
  colours: Colours;
  figures: FiguresOf;
  /** Whether the times of activities are those until what follows. */
  isWait: boolean;
  selected: MapItem | null;
  moved: Moved | undefined;
  marked: ReadonlySet<string>;
  actions: StageActions;
  isTable: boolean;
  /** Whether something new is on its way. */
  isBusy: boolean;
  isReplay: boolean;
  filters: unknown[];
  auxiliary: boolean;
  map: RefObject<MapHandle | null>;
  onMark: (activity: string) => void;
  onMove: (activity: string, by: readonly [number, number]) => void;
  onSelect: (item: MapItem | null) => void;
  onMenu: (item: MapItem, x: number, y: number) => void;
  onMetric: (metric: Metric) => void;
  /** Another attribute, or currency, of which values are shown. */
  onValue: (change: Pick<MapSearch, 'of' | 'currency'>) => void;
  onWait: (isWait: boolean) => void;
}

export function Stage(props: StageProps) {
  const { data, scene, isTable, isBusy } = props;
  const text = useText();
  const [isFlatWanted, setIsFlatWanted] = useState(false);
  const stage = useRef<HTMLElement>(null);
  const stageSize = useSize(stage);
  const tools = useRef<HTMLDivElement>(null);
  const toolsSize = useSize(tools);
  // The map waits for its tools: they take room, and it must not move when they come.
  const loaded = useLoaded(loadTools);
  const found = stageState({ data, scene, isTable, isFlatWanted });
  const state: StageState = found.kind === 'picture' && !loaded ? { kind: 'drawing' } : found;
  useFocusKept(stage, tools, isTable);
  // Which of them there are is known when it is known what is shown.
  const hasTools = !['noMatch', 'drawing'].includes(state.kind) && data.shown !== undefined;
  return (
    <section ref={stage} className={styles.stage} aria-label={text('place.map')} tabIndex={-1}>
      {isBusy && data.shown && (
        <div className={`${progress.line} ${styles.progress}`} role="status">
          <span className="only-read-aloud">{text('map.refreshing')}</span>
        </div>
      )}
      <Suspense>
        <Content
          {...props}
          state={state}
          stageSize={stageSize}
          toolsSize={toolsSize}
          onFlatWanted={() => setIsFlatWanted(true)}
        />
      </Suspense>
      <div className={`${styles.topRight} not-printed`}>
        <div ref={tools} className={styles.toolsSize}>
          {hasTools && loaded && (
            <loaded.StageTools
              actions={props.actions}
              isTable={isTable}
              hasPicture={state.kind === 'picture'}
            />
          )}
        </div>
      </div>
    </section>
  );
}

/** Picture and table follow each other: the focus that was on one is not lost with it. */
function useFocusKept(
  stage: RefObject<HTMLElement | null>,
  tools: RefObject<HTMLElement | null>,
  isTable: boolean,
): void {
  const isInside = useRef(false);
  const shown = useRef(isTable);
  useEffect(() => {
    const note = ({ target }: FocusEvent) => {
      isInside.current = target instanceof Node && stage.current?.contains(target) === true;
    };
    document.addEventListener('focusin', note);
    return () => document.removeEventListener('focusin', note);
  }, [stage]);
  useLayoutEffect(() => {
    if (shown.current === isTable) return;
    shown.current = isTable;
    // The buttons stay.
    if (!isInside.current || tools.current?.contains(document.activeElement)) return;
    stage.current?.focus({ preventScroll: true });
  }, [stage, tools, isTable]);
}

interface ContentProps extends StageProps {
  state: StageState;
  stageSize: Size;
  toolsSize: Size;
  onFlatWanted: () => void;
}

function Content({ state, onFlatWanted, ...props }: ContentProps) {
  const { log, version, actions } = props;
  const text = useText();
  switch (state.kind) {
    case 'failed':
      return (
        <div className={styles.scroll}>
          <PlaceFailure
            failure={failureOf(state.error)}
            log={log.id}
            version={version.id}
            filters={props.filters}
            onRetry={state.retry}
          />
        </div>
      );
    case 'loading':
      return (
        <Late>
          <Skeleton words={text('map.loading', { events: version.events })} />
        </Late>
      );
    case 'noMatch':
      return <NoMatch log={log.id} version={version.id} />;
    case 'table':
      return (
        <MapTable
          log={log.id}
          scope={props.scope}
          graph={state.graph}
          metric={props.metric}
          title={text('map.table.title', { log: log.name })}
          selected={props.selected}
          onSelect={props.onSelect}
          onDownload={() => actions.export('csv')}
        />
      );
    case 'flat':
      return (
        <FlatView flat={state.flat} log={log.id} version={version.number} onShow={onFlatWanted} />
      );
    case 'tooBig':
      return <TooBig count={state.count} onTable={actions.table} />;
    case 'layoutFailed': {
      const message = `${text('map.layoutFailed')}: ${state.message}`;
      return (
        <div className={styles.scroll}>
          <FailureView failure={{ kind: 'fault', message }} onRetry={state.retry} />
        </div>
      );
    }
    case 'drawing':
      return (
        <Late>
          <Skeleton words={text('map.drawing')} />
        </Late>
      );
    case 'picture':
      return <Picture {...props} scene={state.scene} />;
  }
}
