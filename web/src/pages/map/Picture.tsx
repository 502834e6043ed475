// The picture on the stage, with its control, legend and what is said beside the pointer.
import { useEffect, useMemo, useRef, useState } from 'react';
import { useFormats } from '../../format';
import { looksOf } from '../../pictures/process-map/looks';
import { hasOwnTimes, METRICS } from '../../pictures/process-map/metrics';
import { type MapWords, type Pointed, ProcessMap } from '../../pictures/process-map/ProcessMap';
import { following } from '../../pictures/process-map/walk';
import { useText } from '../../text/useText';
import { Legend, type Range } from './Legend';
import styles from './MapView.module.css';
import { MetricControl } from './MetricControl';
import type { StageProps } from './Stage';
import { Tip } from './Tip';
import { measure, type Scene } from './useScene';
import { type Size, useSize } from './useSize';
import { type Write, writer } from './write';

/** Room for the controls above, the buttons on the right and the legend below. */
const SIDES = { top: 18, right: 64, bottom: 18, left: 24 };
const CORNER_ROOM = 26;

type PictureProps = Omit<StageProps, 'scene'> & { scene: Scene; isBusy: boolean };

export function Picture(props: PictureProps) {
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
        const isSaid = metric === 'cases' || value === null;
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
