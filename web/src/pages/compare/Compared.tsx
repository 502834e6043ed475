// Both sides: their figures, and as chosen two maps, one map of differences, or the tables.
import { lazy, Suspense, useRef, useState } from 'react';
import type { ComparisonAnswer } from '../../api/comparison';
import { failureOf } from '../../api/problem';
import type { Log, Version } from '../../api/types';
import type { Compared as ComparedMetric } from '../../pictures/process-map/compared';
import type { MapItem } from '../../pictures/process-map/graph';
import type { MapHandle } from '../../pictures/process-map/ProcessMap';
import { nextStop } from '../../pictures/process-map/selection';
import { FailureView } from '../../shell/FailureView';
import { Late } from '../../shell/Late';
import { useText } from '../../text/useText';
import { searchOf, selectionOf } from '../map/search';
import { useColours } from '../map/useColours';
import { usePageKeys } from '../map/usePageKeys';
import { isDrawable, useScene } from '../map/useScene';
import { useSliders } from '../map/useSliders';
import { Aside } from './Aside';
import styles from './Compare.module.css';
import { Maps } from './Maps';
import { StageHead } from './StageHead';
import type { CompareSearch } from './search';
import type { Sides } from './sides';
import { Totals } from './Totals';
import { useCompared } from './useCompared';
import { useComparedLooks } from './useComparedLooks';
import { useExport } from './useExport';

/** Loaded when they are asked for. */
const DifferenceTables = lazy(async () => ({
  default: (await import('./DifferenceTables')).DifferenceTables,
}));

interface ComparedProps {
  log: Log;
  version: Version;
  search: CompareSearch;
  onSearch: (change: Partial<CompareSearch>, how?: { replace?: boolean }) => void;
  sides: Sides;
  /** On all activities. */
  comparison: ComparisonAnswer;
}

const ZOOM_STEP = 1.3;

export function Compared(props: ComparedProps) {
  const { log, version, search, onSearch, sides, comparison } = props;
  const text = useText();
  const metric: ComparedMetric = search.metric ?? 'share';
  const selected = selectionOf(search);
  const select = (item: MapItem | null) => onSearch(searchOf(item));
  const maps = useCompared({ version, search, sides, comparison });
  const scene = useScene(maps.shown, false, 'TB');
  const sliders = useSliders(
    { whole: { map: maps.whole }, shown: maps.shown && { map: maps.shown } },
    scene.scene,
    search,
  );
  const answer = (scene.scene && maps.answerOf(scene.scene.graph)) ?? comparison;
  const colours = useColours(metric === 'share' ? 'share' : 'median');
  const looks = useComparedLooks({ answer, arrows: sliders.arrows, metric, colours });
  const [first, second] = [useRef<MapHandle>(null), useRef<MapHandle>(null)];
  const [part, setPart] = useState<Parameters<typeof Maps>[0]['part']>(null);
  const view = search.show ?? 'sides';
  const isPicture = view !== 'table';
  const exporting = useExport({
    log,
    version,
    answer,
    view,
    metric,
    looks,
    colours,
    sides,
    maps: [first, second],
  });
  const zoom = (factor: number) => (first.current ?? second.current)?.zoomBy(factor);
  const actions = {
    zoomIn: () => zoom(ZOOM_STEP),
    zoomOut: () => zoom(1 / ZOOM_STEP),
    fit: () => (first.current ?? second.current)?.fit(),
    read: () => (first.current ?? second.current)?.read(),
  };
  const show = (next: typeof view) => onSearch({ show: next === 'sides' ? undefined : next });
  const step = (way: 1 | -1) =>
    onSearch({ paths: nextStop(sliders.pathStops, sliders.paths.value, way) }, { replace: true });
  usePageKeys({
    ...(isPicture ? actions : {}),
    table: () => show(isPicture ? 'table' : 'sides'),
    morePaths: () => step(1),
    fewerPaths: () => step(-1),
    clear: () => selected && select(null),
  });
  return (
    <>
      <Totals comparison={comparison} sides={sides} />
      <section className={styles.stage} aria-label={text('compare.maps')}>
        <StageHead
          {...{ view, metric, actions }}
          side={search.side ?? 'a'}
          onView={show}
          onMetric={(next) => {
            setPart(null);
            onSearch({ metric: next === 'time' ? 'time' : undefined });
          }}
          onSide={(side) => onSearch({ side: side === 'b' ? 'b' : undefined }, { replace: true })}
          onExport={exporting}
        />
        {maps.error && <FailureView failure={failureOf(maps.error)} onRetry={maps.retry} />}
        {isPicture ? (
          <div className={styles.body}>
            {!maps.shown || isDrawable(maps.shown) ? (
              scene.scene && looks ? (
                <Maps
                  {...{ log, answer, view, metric, looks, colours, selected, part }}
                  side={search.side ?? 'a'}
                  scene={scene.scene}
                  arrows={sliders.arrows}
                  maps={[first, second]}
                  isBusy={maps.isFetching || scene.isPending}
                  onSelect={select}
                />
              ) : scene.error ? (
                <FailureView
                  failure={{ kind: 'fault', message: scene.error.message }}
                  onRetry={scene.retry}
                />
              ) : (
                <div className={styles.drawing}>
                  <Late>{text('map.drawing')}</Late>
                </div>
              )
            ) : (
              <p className={styles.drawing} role="status">
                {text('compare.tooBig', { count: maps.shown.activities.length })}
              </p>
            )}
            <Aside
              {...{ answer, view, metric, looks, colours, sliders, selected, sides, part }}
              isProjected={maps.whole.activities.length > answer.activities.length}
              onPart={setPart}
              onSelect={select}
              onActivities={(activities) => onSearch({ activities }, { replace: true })}
              onPaths={(paths) => onSearch({ paths }, { replace: true })}
              onAuto={() => onSearch({ activities: undefined, paths: undefined })}
            />
          </div>
        ) : (
          <Suspense>
            <DifferenceTables {...{ comparison, sides, selected }} onSelect={select} />
          </Suspense>
        )}
      </section>
    </>
  );
}
