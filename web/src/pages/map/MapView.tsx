// The map of one version: stage on the left, detail and figures on the right.
import { getRouteApi } from '@tanstack/react-router';
import { lazy, type ReactNode, Suspense, useCallback, useMemo, useRef, useState } from 'react';
import type { MapActivity } from '../../api/map';
import type { Log, Version } from '../../api/types';
import type { MapItem } from '../../pictures/process-map/graph';
import { withWaits } from '../../pictures/process-map/metrics';
import type { MapHandle } from '../../pictures/process-map/ProcessMap';
import { activityStops, nextStop } from '../../pictures/process-map/selection';
import { FilterBar } from '../../shell/FilterBar';
import { useText } from '../../text/useText';
import { absenceOf } from './absence';
import { Detail } from './Detail';
import type { MenuAt } from './ItemMenu';
import { KeyFigures } from './KeyFigures';
import { LongestWaits } from './LongestWaits';
import styles from './MapView.module.css';
import panel from './Panel.module.css';
import { SecondFigure } from './SecondFigure';
import { Stage } from './Stage';
import type { StageActions } from './StageTools';
import { searchOf, selectionOf } from './search';
import { useColours } from './useColours';
import { useExport } from './useExport';
import { useFigures } from './useFigures';
import { useMapData } from './useMapData';
import { usePageKeys } from './usePageKeys';
import { useScene } from './useScene';
import { useSearchChange } from './useSearchChange';
import { useSliders } from './useSliders';

const route = getRouteApi('/map/$log');
const ZOOM_STEP = 1.3;

/** Loaded when they are asked for. */
const PlaceFilters = lazy(async () => ({
  default: (await import('../explore/PlaceFilters')).PlaceFilters,
}));
const FindActivity = lazy(async () => ({ default: (await import('./FindActivity')).FindActivity }));
const ItemMenu = lazy(async () => ({ default: (await import('./ItemMenu')).ItemMenu }));
const Selection = lazy(async () => ({ default: (await import('./Selection')).Selection }));
const PrintedMapHead = lazy(async () => ({
  default: (await import('./PrintedMapHead')).PrintedMapHead,
}));
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
  const step = useSearchChange();
  const [open, setOpen] = useState<'find' | 'help' | null>(null);
  const [menu, setMenu] = useState<MenuAt | null>(null);
  const map = useRef<MapHandle>(null);
  const metric = search.metric ?? 'cases';
  const direction = search.direction ?? 'TB';
  const rare = search.rare ?? false;
  const isWait = search.times === 'wait';
  const selected = useMemo(() => selectionOf(search), [search]);
  const select = useCallback((item: MapItem | null) => step(searchOf(item)), [step]);

  const data = useMapData(version.id, search);
  const scene = useScene(data.shown?.map, rare, direction);
  const colours = useColours(metric);
  const sliders = useSliders(data, scene.scene, search);
  const graph = scene.scene?.graph ?? data.shown?.map;
  const figures = useFigures(metric, search.second);
  const filters = useMemo(() => search.filters ?? [], [search.filters]);
  const exporting = useExport({
    log,
    version,
    data,
    scene: scene.scene,
    metric,
    colours,
    isWait,
    sliders,
    filters,
    map,
  });

  const isTable = search.table ?? false;
  const actions: StageActions = {
    zoomIn: () => map.current?.zoomBy(ZOOM_STEP),
    zoomOut: () => map.current?.zoomBy(1 / ZOOM_STEP),
    fit: () => map.current?.fit(),
    read: () => map.current?.read(),
    table: () => step({ table: isTable ? undefined : true }),
    find: () => setOpen('find'),
    help: () => setOpen('help'),
    export: exporting,
  };
  usePageKeys({
    ...actions,
    morePaths: () => step({ paths: nextStop(sliders.pathStops, sliders.paths.value, 1) }, 'paths'),
    fewerPaths: () =>
      step({ paths: nextStop(sliders.pathStops, sliders.paths.value, -1) }, 'paths'),
    clear: () => selected && select(null),
  });

  const all = data.whole?.map.activities ?? [];
  const isSettled = !data.isFetching && !scene.isPending;
  const find = (activity: MapActivity) => {
    const isShown = graph?.activities.some((one) => one.activity === activity.activity);
    const from = activityStops(all, rare).get(activity.activity) ?? 0;
    step({
      ...searchOf({ kind: 'activity', activity: activity.activity }),
      ...(isShown ? {} : { activities: from }),
    });
    map.current?.focus(activity.activity);
  };
  const openMenu = useCallback(
    (item: MapItem, x: number, y: number) => setMenu({ item, x, y }),
    [],
  );
  const auxiliaryCount = (data.whole?.map.left_out ?? []).filter((one) => one.auxiliary).length;

  return (
    <div className={styles.view}>
      <h1 className="only-read-aloud">{text('place.map')}</h1>
      {/* The filters stand in their bar, on paper too. */}
      <div className={styles.printed}>
        <Suspense>
          <PrintedMapHead {...{ version, data, sliders, metric, filters }} />
        </Suspense>
      </div>
      {note && <div className={styles.notes}>{note}</div>}
      <Suspense fallback={<FilterBar name={text('filters.bar')}>{null}</FilterBar>}>
        <PlaceFilters log={log} version={version} />
      </Suspense>
      <Stage
        {...{
          log,
          version,
          data,
          scene,
          sliders,
          metric,
          colours,
          figures,
          isWait,
          selected,
          actions,
          isTable,
          map,
        }}
        onSelect={select}
        onMenu={openMenu}
        onMetric={(next) => step({ metric: next === 'cases' ? undefined : next })}
        onWait={(on) => step({ times: on ? 'wait' : undefined })}
        onFilters={(filters) => step({ filters: filters.length > 0 ? filters : undefined })}
      />
      <aside className={`${panel.panel} not-printed`} aria-label={text('map.detail')}>
        {graph && graph.activities.length > 0 && (
          <Detail
            {...{ ...sliders, rare, direction, auxiliaryCount }}
            auxiliaryCount={Math.max(auxiliaryCount, search.auxiliary ? 1 : 0)}
            auxiliary={search.auxiliary ?? false}
            isAuto={search.activities === undefined && search.paths === undefined}
            onActivities={(value) => step({ activities: value }, 'activities')}
            onPathsMove={sliders.movePaths}
            onPaths={(value) => step({ paths: value }, 'paths')}
            onAuto={() => step({ activities: undefined, paths: undefined })}
            onRare={(on) => step({ rare: on || undefined })}
            onDirection={(next) => step({ direction: next === 'LR' ? 'LR' : undefined })}
            onAuxiliary={(on) => step({ auxiliary: on || undefined })}
            foot={
              <SecondFigure
                metric={metric}
                second={search.second}
                onChange={(second) => step({ second })}
              />
            }
          />
        )}
        <Suspense>
          {graph && selected && (
            <Selection
              item={selected}
              graph={graph}
              figures={figures(selected, isWait ? withWaits(graph) : graph)}
              absence={isSettled ? absenceOf(selected, graph, all, rare) : null}
              onShow={(from) => step({ activities: from })}
              onMenu={openMenu}
              isAdded={sliders.arrows.some((arrow) => arrow.isAdded)}
              onSelect={select}
            />
          )}
        </Suspense>
        {data.whole?.summary && <KeyFigures summary={data.whole.summary} />}
        {graph && graph.activities.length > 0 && !selected && (
          <LongestWaits graph={graph} colourOf={colours.waits} onSelect={select} />
        )}
      </aside>
      <Suspense>
        {open === 'find' && (
          <FindActivity
            isOpen
            activities={all}
            isShown={(name) => graph?.activities.some((one) => one.activity === name) ?? false}
            onClose={() => setOpen(null)}
            onFind={find}
          />
        )}
        {menu && (
          <ItemMenu
            at={menu}
            isProjected={(graph?.activities.length ?? 0) < all.length}
            onSelect={select}
            onFilter={(filter) => step({ filters: [...filters, filter] })}
            onClose={() => setMenu(null)}
          />
        )}
        {open === 'help' && <MapHelp isOpen onClose={() => setOpen(null)} />}
      </Suspense>
    </div>
  );
}
