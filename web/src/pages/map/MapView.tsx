// The map of one version: stage on the left, detail and figures on the right.
import { getRouteApi } from '@tanstack/react-router';
import { lazy, type ReactNode, Suspense, useCallback, useMemo, useRef, useState } from 'react';
import type { MapActivity } from '../../api/map';
import type { Log, Version } from '../../api/types';
import type { MapItem } from '../../pictures/process-map/graph';
import type { MapHandle } from '../../pictures/process-map/ProcessMap';
import { activityStops, nextStop } from '../../pictures/process-map/selection';
import { useText } from '../../text/useText';
import { Detail } from './Detail';
import { FilterChips } from './FilterChips';
import { KeyFigures } from './KeyFigures';
import { LongestWaits } from './LongestWaits';
import styles from './MapView.module.css';
import panel from './Panel.module.css';
import { Selection } from './Selection';
import { Stage } from './Stage';
import type { StageActions } from './StageTools';
import { type MapSearch, searchOf, selectionOf } from './search';
import { useColours } from './useColours';
import { useExport } from './useExport';
import { useMapData } from './useMapData';
import { usePageKeys } from './usePageKeys';
import { useScene } from './useScene';
import { useSliders } from './useSliders';

const route = getRouteApi('/map/$log');
const ZOOM_STEP = 1.3;

/** Loaded when they are asked for. */
const FindActivity = lazy(async () => ({ default: (await import('./FindActivity')).FindActivity }));
const MapHelp = lazy(async () => ({ default: (await import('./MapHelp')).MapHelp }));

interface MapViewProps {
  log: Log;
  version: Version;
  /** What is to be said about the version. */
  note: ReactNode;
}

export function MapView({ log, version, note }: MapViewProps) {
  const text = useText();
  const search = route.useSearch();
  const { change, step } = useSearchChange();
  const [open, setOpen] = useState<'find' | 'help' | null>(null);
  const map = useRef<MapHandle>(null);
  const metric = search.metric ?? 'cases';
  const direction = search.direction ?? 'TB';
  const rare = search.rare ?? false;
  const selected = useMemo(() => selectionOf(search), [search]);
  const select = useCallback((item: MapItem | null) => step(searchOf(item)), [step]);

  const data = useMapData(version.id, search);
  const scene = useScene(data.shown?.map, rare, direction);
  const colours = useColours(metric);
  const sliders = useSliders(data, scene.scene, search);
  const graph = scene.scene?.graph ?? data.shown?.map;
  const exporting = useExport({
    log,
    version,
    data,
    scene: scene.scene,
    sliders,
    metric,
    colours,
    map,
  });

  const isTable = search.table ?? false;
  const actions: StageActions = {
    zoomIn: () => map.current?.zoomBy(ZOOM_STEP),
    zoomOut: () => map.current?.zoomBy(1 / ZOOM_STEP),
    fit: () => map.current?.fit(),
    table: () => step({ table: isTable ? undefined : true }),
    find: () => setOpen('find'),
    help: () => setOpen('help'),
    export: exporting,
  };
  usePageKeys({
    ...actions,
    morePaths: () => change({ paths: nextStop(sliders.pathStops, sliders.paths.value, 1) }),
    fewerPaths: () => change({ paths: nextStop(sliders.pathStops, sliders.paths.value, -1) }),
    clear: () => selected && select(null),
  });

  const find = (activity: MapActivity) => {
    const all = data.whole?.map.activities ?? [];
    const isShown = graph?.activities.some((one) => one.activity === activity.activity);
    const from = activityStops(all, rare).get(activity.activity) ?? 0;
    step({
      ...searchOf({ kind: 'activity', activity: activity.activity }),
      ...(isShown ? {} : { activities: from }),
    });
    map.current?.focus(activity.activity);
  };
  const auxiliaryCount = (data.whole?.map.left_out ?? []).filter((one) => one.auxiliary).length;

  return (
    <div className={styles.view}>
      <h1 className="only-read-aloud">{text('place.map')}</h1>
      {note && <div className={styles.notes}>{note}</div>}
      <FilterChips log={log} version={version} />
      <Stage
        {...{
          log,
          version,
          data,
          scene,
          sliders,
          metric,
          colours,
          selected,
          actions,
          isTable,
          map,
        }}
        onSelect={select}
        onMetric={(next) => change({ metric: next === 'cases' ? undefined : next })}
        onFilters={(filters) => step({ filters: filters.length > 0 ? filters : undefined })}
      />
      <aside className={`${panel.panel} not-printed`} aria-label={text('map.detail')}>
        {graph && graph.activities.length > 0 && (
          <Detail
            {...{ ...sliders, rare, direction, auxiliaryCount }}
            auxiliaryCount={Math.max(auxiliaryCount, search.auxiliary ? 1 : 0)}
            auxiliary={search.auxiliary ?? false}
            isAuto={search.activities === undefined && search.paths === undefined}
            onActivities={(value) => change({ activities: value })}
            onPathsMove={sliders.movePaths}
            onPaths={(value) => change({ paths: value })}
            onAuto={() => change({ activities: undefined, paths: undefined })}
            onRare={(on) => change({ rare: on || undefined })}
            onDirection={(next) => change({ direction: next === 'LR' ? 'LR' : undefined })}
            onAuxiliary={(on) => change({ auxiliary: on || undefined })}
          />
        )}
        {graph && selected && <Selection item={selected} graph={graph} onSelect={select} />}
        {data.whole?.summary && <KeyFigures summary={data.whole.summary} />}
        {graph && graph.activities.length > 0 && !selected && (
          <LongestWaits graph={graph} colourOf={colours.waits} onSelect={select} />
        )}
      </aside>
      <Suspense>
        {open === 'find' && (
          <FindActivity
            isOpen
            activities={data.whole?.map.activities ?? []}
            isShown={(name) => graph?.activities.some((one) => one.activity === name) ?? false}
            onClose={() => setOpen(null)}
            onFind={find}
          />
        )}
        {open === 'help' && <MapHelp isOpen onClose={() => setOpen(null)} />}
      </Suspense>
    </div>
  );
}

/** Sliders and switches replace the address; steps can be undone with the browser's back button. */
function useSearchChange() {
  const navigate = route.useNavigate();
  return useMemo(() => {
    const go = (replace: boolean) => (changed: Partial<MapSearch>) =>
      void navigate({ search: (before) => ({ ...before, ...changed }), replace });
    return { change: go(true), step: go(false) };
  }, [navigate]);
}
