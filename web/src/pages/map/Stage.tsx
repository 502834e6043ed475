// The stage: the picture or the table, or what is said instead of them.
import { lazy, type RefObject, Suspense, useState } from 'react';
import { failureOf } from '../../api/problem';
import type { Log, Version } from '../../api/types';
import type { MapItem } from '../../pictures/process-map/graph';
import type { Metric } from '../../pictures/process-map/metrics';
import type { MapHandle } from '../../pictures/process-map/ProcessMap';
import { FailureView } from '../../shell/FailureView';
import { Late } from '../../shell/Late';
import { useText } from '../../text/useText';
import { NoMatch } from '../log/NoMatch';
import styles from './MapView.module.css';
import { Picture } from './Picture';
import { Skeleton } from './Skeleton';
import { type StageActions, StageTools } from './StageTools';
import { FlatView, TooBig } from './States';
import { type StageState, stageState } from './stageState';
import type { Colours } from './useColours';
import type { MapData } from './useMapData';
import type { SceneState } from './useScene';
import type { Sliders } from './useSliders';

/** Loaded when it is asked for. */
const MapTable = lazy(async () => ({ default: (await import('./MapTable')).MapTable }));

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
  const [isFlatWanted, setIsFlatWanted] = useState(false);
  const state = stageState({ data, scene, isTable, isFlatWanted });
  const isBusy = data.isFetching || scene.isPending;
  const hasTools = state.kind !== 'noMatch' && data.shown !== undefined;
  return (
    <section className={styles.stage} aria-label={text('place.map')}>
      {isBusy && data.shown && (
        <div className={styles.progress} role="status">
          <span className="only-read-aloud">{text('map.refreshing')}</span>
        </div>
      )}
      <Content
        {...props}
        state={state}
        isBusy={isBusy}
        onFlatWanted={() => setIsFlatWanted(true)}
      />
      {hasTools && (
        <StageTools
          actions={props.actions}
          isTable={isTable}
          hasPicture={state.kind === 'picture'}
        />
      )}
    </section>
  );
}

interface ContentProps extends StageProps {
  state: StageState;
  isBusy: boolean;
  onFlatWanted: () => void;
}

function Content({ state, onFlatWanted, ...props }: ContentProps) {
  const { log, version, actions } = props;
  const text = useText();
  switch (state.kind) {
    case 'failed':
      return (
        <div className={styles.scroll}>
          <FailureView failure={failureOf(state.error)} onRetry={state.retry} />
        </div>
      );
    case 'loading':
      return (
        <Late>
          <Skeleton words={text('map.loading', { events: version.events })} />
        </Late>
      );
    case 'noMatch': {
      const filters = state.filters.map((one) => one.filter);
      return (
        <NoMatch
          filters={state.filters}
          onRemove={(gone) => props.onFilters(filters.filter((_, idx) => idx !== gone))}
          onClear={() => props.onFilters([])}
        />
      );
    }
    case 'table':
      return (
        <Suspense>
          <MapTable
            graph={state.graph}
            title={text('map.table.title', { log: log.name })}
            selected={props.selected}
            onSelect={props.onSelect}
            onDownload={() => actions.export('csv')}
          />
        </Suspense>
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
