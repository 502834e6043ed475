// The picture on the stage, with its control, legend and what is said beside the pointer.
import { lazy, Suspense, useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { MapActivity } from '../../api/map';
import { useFormats } from '../../format';
import type { Drawing } from '../../pictures/process-map/drawing';
import type { Flags } from '../../pictures/process-map/Flag';
import type { MapGraph } from '../../pictures/process-map/graph';
import { looksOf } from '../../pictures/process-map/looks';
import { hasOwnTimes, METRICS, withWaits } from '../../pictures/process-map/metrics';
import { type MapWords, type Pointed, ProcessMap } from '../../pictures/process-map/ProcessMap';
import { isClearOfCorners } from '../../pictures/process-map/place';
import type { ScalePart } from '../../pictures/process-map/tone';
import { following } from '../../pictures/process-map/walk';
import { Late } from '../../shell/Late';
import { needTexts } from '../../text/catalogue';
import { useText } from '../../text/useText';
import type { Size } from '../explore/useSize';
import { Legend } from './Legend';
import styles from './MapView.module.css';
import { MetricControl } from './MetricControl';
import { Skeleton } from './Skeleton';
import type { StageProps } from './Stage';
import { metricColumn } from './tableNames';
import { useCorners } from './useCorners';
import { measure, type Scene } from './useScene';
import { type Write, writer } from './write';

/** Loaded with the words of its targets when something is pointed at. */
const Tip = lazy(async () => {
  const [{ Tip }] = await Promise.all([import('./Tip'), needTexts('targets')]);
  return { default: Tip };
});
/** Not what the picture waits for. */
const TargetMarks = lazy(async () => {
  const [{ TargetMarks }] = await Promise.all([
    import('../targets/TargetMarks'),
    needTexts('targets'),
  ]);
  return { default: TargetMarks };
});
/** Loaded with its texts, when it is asked for. */
const Replay = lazy(async () => {
  const [{ Replay }] = await Promise.all([import('./replay/Replay'), needTexts('replay')]);
  return { default: Replay };
});

/** Air around the drawing, and around what stands in the corners: there with their own distance. */
const SIDES = { top: 18, right: 18, bottom: 18, left: 18 };
const CORNER_ROOM = 24;
const NO_CORNERS = {
  ...SIDES,
  topLeft: { width: 0, height: 0 },
  bottomLeft: { width: 0, height: 0 },
  topRight: { width: 0, height: 0 },
};

/** What stands in the corners takes about so much, whatever the language and the metric. */
const USUAL_CORNERS = {
  ...SIDES,
  topLeft: { width: 380, height: 68 },
  bottomLeft: { width: 224, height: 260 },
  topRight: { width: 58, height: 350 },
};
/** A smaller stage has no room to spare in its corners. */
const ROOMY = { width: 760, height: 480 };

/** Whether controls stand in bands beside the picture, as they would cover names on it. */
function hasBands({ layout }: Scene, stage: Size): boolean {
  const isSmall = stage.width < ROOMY.width || stage.height < ROOMY.height;
  return isSmall || !isClearOfCorners(layout, stage, USUAL_CORNERS);
}

type PictureProps = Omit<StageProps, 'scene'> & {
  scene: Scene;
  /** All of the stage, whatever stands at its foot. */
  stageSize: Size;
  /** The buttons on the stage. */
  toolsSize: Size;
};

/** What is pointed at, and how large the picture is. */
interface PointedOnStage {
  at: Pointed;
  stage: Size;
}

export function Picture(props: PictureProps) {
  const { log, scene, sliders, metric, colours, selected, map, isWait } = props;
  const { stageSize, toolsSize } = props;
  const text = useText();
  const format = useFormats();
  const stage = useRef<HTMLDivElement>(null);
  const legend = useRef<HTMLDivElement>(null);
  const control = useRef<HTMLDivElement>(null);
  const isInBands = hasBands(scene, stageSize);
  const corners = useCorners(control, legend, !isInBands);
  const [pointed, setPointed] = useState<PointedOnStage | null>(null);
  const point = useCallback((at: Pointed | null) => {
    const { offsetWidth: width = 0, offsetHeight: height = 0 } = stage.current ?? {};
    setPointed(at && { at, stage: { width, height } });
  }, []);
  const [drawing, setDrawing] = useState<Drawing | null>(null);
  const [part, setPart] = useState<ScalePart | null>(null);
  const [flags, setFlags] = useState<Flags | null>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another metric has another scale
  useEffect(() => setPart(null), [metric]);
  const write = useMemo(
    () => writer(format, text, scene.graph.value),
    [format, text, scene.graph.value],
  );
  const { layout } = scene;
  const graph = useMemo(
    () => (isWait ? withWaits(scene.graph) : scene.graph),
    [scene.graph, isWait],
  );
  const { arrows } = sliders;
  const activities = useMemo(() => graph.activities.map((one) => one.activity), [graph]);
  const looks = useMemo(
    () => looksOf({ graph, arrows, metric, palette: colours.palette, write }),
    [graph, arrows, metric, colours, write],
  );
  const insets = useMemo(() => {
    if (isInBands || !corners) return NO_CORNERS;
    const withRoom = ({ width, height }: Size) => {
      return { width: width + CORNER_ROOM, height: height + CORNER_ROOM };
    };
    return {
      ...SIDES,
      topLeft: withRoom(corners.control),
      bottomLeft: withRoom(corners.legend),
      topRight: withRoom(toolsSize),
    };
  }, [isInBands, corners, toolsSize]);
  const words = useWords(log.name, graph, props, write);
  // Opened with its replay it waits for the bar, and is not pushed aside by it.
  const [isReady, setReady] = useState(!props.isReplay);
  const become = useCallback(() => setReady(true), []);
  const isHidden = props.isReplay && !isReady;
  return (
    <div className={styles.scene} data-hidden={isHidden} data-bands={isInBands}>
      <div ref={stage} className={styles.picture} data-busy={props.isBusy}>
        {/* Not before it is known what takes room beside it. */}
        {(isInBands || corners) && (
          <ProcessMap
            ref={map}
            {...{ layout, activities, arrows, looks, words, selected, part, measure }}
            colours={colours.picture}
            moved={props.moved}
            marked={props.marked}
            flags={flags}
            onMark={props.onMark}
            onMove={props.onMove}
            insets={insets}
            onSelect={props.onSelect}
            onPoint={point}
            onMenu={props.onMenu}
            onDrawing={props.isReplay ? setDrawing : undefined}
          />
        )}
        <Suspense>
          <TargetMarks log={log.id} {...{ graph, metric, isWait }} onOver={setFlags} />
        </Suspense>
        <Suspense>
          {pointed && (
            <Tip
              pointed={pointed.at}
              graph={graph}
              figures={props.figures}
              log={log.id}
              scope={props.scope}
              stage={pointed.stage}
            />
          )}
        </Suspense>
      </div>
      <div className={styles.controls}>
        <div ref={control} className={`${isInBands ? '' : styles.topLeft} not-printed`}>
          <MetricControl
            metric={metric}
            onChange={props.onMetric}
            values={props.values}
            onValue={props.onValue}
            hasOwnTimes={hasOwnTimes(scene.graph)}
            isWait={isWait}
            onWait={props.onWait}
          />
        </div>
        <div
          ref={legend}
          className={isInBands ? styles.inBand : `${styles.card} ${styles.bottomLeft}`}
        >
          <Legend
            key={String(isInBands)}
            {...{ metric, looks, colours, write, part }}
            isButton={isInBands}
            flagged={flags?.words}
            hasOwnTimes={hasOwnTimes(graph)}
            attribute={graph.value?.attribute}
            hasStubs={arrows.some((arrow) => arrow.isStub)}
            onPart={setPart}
          />
        </div>
      </div>
      <Suspense>
        {props.isReplay && drawing && <Replay {...{ ...props, drawing, looks }} onReady={become} />}
      </Suspense>
      {isHidden && (
        <div className={styles.veil}>
          <Late>
            <Skeleton words={text('map.drawing')} />
          </Late>
        </div>
      )}
    </div>
  );
}

/** What screen readers say. */
function useWords(log: string, graph: MapGraph, props: PictureProps, write: Write): MapWords {
  const { sliders, metric } = props;
  const text = useText();
  const format = useFormats();
  return useMemo(() => {
    const meaning = METRICS[metric];
    const labelOf = (one: MapActivity | undefined) =>
      meaning.kind === 'time' && !one?.duration_s
        ? 'map.activityLabel.wait'
        : 'map.activityLabel.value';
    const byName = new Map(graph.activities.map((one) => [one.activity, one]));
    return {
      start: text('map.start'),
      end: text('map.end'),
      role: text('map.role'),
      marked: text('map.isMarked'),
      summary: text('map.summary', {
        log,
        cases: graph.cases,
        activities: graph.activities.length,
        paths: sliders.drawn,
      }),
      ofActivity: (activity) => {
        const one = byName.get(activity);
        const value = one ? meaning.ofActivity(one, graph) : null;
        const isSaid = metric === 'cases' || value === null;
        return text('map.activityLabel', {
          activity,
          cases: one?.cases ?? 0,
          share: format.percent(one && graph.cases > 0 ? one.cases / graph.cases : 0),
          value: isSaid
            ? ''
            : text(labelOf(one), {
                metric: metricColumn(metric, graph, text),
                value: write(value, meaning.unit),
              }),
          ways: following(activity, sliders.arrows).length,
        });
      },
    };
  }, [log, graph, sliders.arrows, sliders.drawn, metric, text, format, write]);
}
