// The map of one version: stage on the left, detail and figures on the right.
import { getRouteApi } from '@tanstack/react-router';
import {
  lazy,
  memo,
  type ReactNode,
  Suspense,
  useCallback,
  useMemo,
  useRef,
  useState,
} from 'react';
import type { MapActivity } from '../../api/map';
import type { Log, Version } from '../../api/types';
import type { MapItem } from '../../pictures/process-map/graph';
import type { Metric } from '../../pictures/process-map/metricNames';
import type { MapHandle } from '../../pictures/process-map/ProcessMap';
import { activityStops, nextStop } from '../../pictures/process-map/selection';
import { useText } from '../../text/useText';
import { PlaceFilters } from '../explore/PlaceFilters';
import type { OpenMenu } from './ItemMenus';
import styles from './MapView.module.css';
import panel from './Panel.module.css';
import { Stage } from './Stage';
import type { StageActions } from './StageTools';
import { type MapSearch, searchOf, selectionOf } from './search';
import { useColours } from './useColours';
import { useExport } from './useExport';
import { useFigures } from './useFigures';
import { useMapData } from './useMapData';
import { useMapEdits } from './useMapEdits';
import { type MapNow, useMapNow } from './useMapNow';
import { usePageKeys } from './usePageKeys';
import { useScene } from './useScene';
import { useSearchChange } from './useSearchChange';
import { useSliders } from './useSliders';
import { possibleMetric, useValueChoice, valuesOf } from './useValueChoice';

const route = getRouteApi('/map/$log');
const ZOOM_STEP = 1.3;

/** On its way while the map is asked for. */
const sidePanel = import('./SidePanel');
const SidePanel = lazy(async () => ({ default: (await sidePanel).SidePanel }));

/** Loaded when they are asked for. */
const FindActivity = lazy(async () => ({ default: (await import('./FindActivity')).FindActivity }));
const NameDialog = lazy(async () => ({ default: (await import('./NameDialog')).NameDialog }));
const PrintedMapHead = lazy(async () => ({
  default: (await import('./PrintedMapHead')).PrintedMapHead,
}));
const ItemMenus = lazy(async () => ({ default: (await import('./ItemMenus')).ItemMenus }));
const MapHelp = lazy(async () => ({ default: (await import('./MapHelp')).MapHelp }));

interface MapViewProps {
  log: Log;
  version: Version;
  /** What is to be said about the version. */
  note: ReactNode;
}

export function MapView({ log, version, note }: MapViewProps) {
  const search = route.useSearch();
  const choice = useValueChoice(log, version, search);
  const metric = possibleMetric(search.metric, choice);
  const { second, rare = false, direction = 'TB', table = false } = search;
  const data = useMapData(version.id, search, { metric, second, value: choice.chosen });
  const scene = useScene(data.graph, rare, direction);
  const now = useMapNow(data, scene, table);
  return <MapNowView {...{ log, version, note, search, choice, metric, now }} />;
}

interface MapNowViewProps extends MapViewProps {
  search: MapSearch;
  choice: ReturnType<typeof useValueChoice>;
  metric: Metric;
  now: MapNow;
}

/** Drawn anew when something of it changes, not with each step towards it. */
const MapNowView = memo(function MapNowView(props: MapNowViewProps) {
  const { log, version, note, search, choice, metric, now } = props;
  const { data, scene, isBusy } = now;
  const text = useText();
  const step = useSearchChange();
  const [open, setOpen] = useState<'find' | 'help' | null>(null);
  const map = useRef<MapHandle>(null);
  const menus = useRef<OpenMenu>(null);
  const isWait = search.times === 'wait';
  const selected = useMemo(() => selectionOf(search), [search]);
  const select = useCallback((item: MapItem | null) => step(searchOf(item)), [step]);

  const { second } = search;
  const colours = useColours(metric);
  const sliders = useSliders(data, scene.scene, search);
  const graph = scene.scene?.graph ?? data.graph;
  const figures = useFigures(metric, second);
  const edits = useMapEdits(log, search, step);
  const filters = useMemo(() => search.filters ?? [], [search.filters]);
  const { auxiliary = false } = search;
  const { scope } = data;
  const drawn = { log, version, data, metric, colours, isWait, map };
  const exporting = useExport({ ...drawn, scene: scene.scene, sliders, filters, scope });

  const isTable = search.table ?? false;
  const actions: StageActions = {
    zoomIn: () => map.current?.zoomBy(ZOOM_STEP),
    zoomOut: () => map.current?.zoomBy(1 / ZOOM_STEP),
    fit: () => map.current?.fit(),
    read: () => map.current?.read(),
    table: () => step({ table: isTable ? undefined : true }),
    replay: () => step({ replay: search.replay ? undefined : { play: true } }),
    find: () => setOpen('find'),
    help: () => setOpen('help'),
    ...(search.moved && { reset: () => edits.onReset() }),
    export: exporting,
  };
  const isChosen = edits.marked.length > 0 || selected !== null;
  usePageKeys({
    ...actions,
    morePaths: () => step({ paths: nextStop(sliders.pathStops, sliders.paths.value, 1) }, 'paths'),
    fewerPaths: () =>
      step({ paths: nextStop(sliders.pathStops, sliders.paths.value, -1) }, 'paths'),
    ...(isChosen && { clear: () => (edits.marked.length > 0 ? edits.onClear() : select(null)) }),
    // An open replay has the space bar for itself.
    replay: () => scene.scene && !isTable && !search.replay && actions.replay(),
  });

  const all = data.whole?.map.activities ?? [];
  const find = (activity: MapActivity) => {
    const isShown = graph?.activities.some((one) => one.activity === activity.activity);
    const from = activityStops(all).get(activity.activity) ?? 0;
    step({
      ...searchOf({ kind: 'activity', activity: activity.activity }),
      ...(isShown ? {} : { activities: from }),
    });
    map.current?.focus(activity.activity);
  };
  const openMenu = useCallback<OpenMenu>((...menu) => menus.current?.(...menu), []);

  return (
    <div className={styles.view} data-replay={search.replay !== undefined || undefined}>
      <h1 className="only-read-aloud">{text('place.map')}</h1>
      {/* The filters stand in their bar, on paper too. */}
      <div className={styles.printed}>
        <Suspense>
          <PrintedMapHead {...{ version, data, sliders, metric, filters }} />
        </Suspense>
      </div>
      {note && <div className={styles.notes}>{note}</div>}
      <PlaceFilters log={log} version={version} />
      <Stage
        {...{
          ...drawn,
          scope,
          filters,
          scene,
          sliders,
          figures,
          selected,
          actions,
          isTable,
          isBusy,
        }}
        values={valuesOf(choice, data.graph, data.shown?.map)}
        moved={search.moved}
        marked={edits.markedSet}
        onMark={edits.onMark}
        onMove={edits.onMove}
        isReplay={search.replay !== undefined}
        auxiliary={auxiliary}
        onSelect={select}
        onMenu={openMenu}
        onMetric={(next) => step({ metric: next === 'cases' ? undefined : next })}
        onValue={(next) => step(next.of === undefined ? next : { ...next, currency: undefined })}
        onWait={(on) => step({ times: on ? 'wait' : undefined })}
      />
      <Suspense fallback={<aside className={`${panel.panel} not-printed`} />}>
        <SidePanel
          {...{ log, version, search, data, scope, graph, sliders, colours, figures, edits }}
          {...{ selected, step }}
          hasValues={choice.attributes.length > 0}
          unknown={choice.isKnown && !choice.chosen ? search.of : undefined}
          isSettled={!isBusy}
          onSelect={select}
          onMenu={openMenu}
        />
      </Suspense>
      <Suspense>
        <ItemMenus
          ref={menus}
          log={log.id}
          {...{ search, filters, graph, edits, selected }}
          isProjected={(graph?.activities.length ?? 0) < all.length}
          onSelect={select}
        />
      </Suspense>
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
        {edits.naming && (
          <NameDialog
            members={edits.naming}
            taken={all.map((one) => one.activity)}
            onName={edits.onNamed}
            onClose={() => edits.onName(null)}
          />
        )}
        {open === 'help' && <MapHelp isOpen onClose={() => setOpen(null)} />}
      </Suspense>
    </div>
  );
});
