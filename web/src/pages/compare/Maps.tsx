// Two maps on one layout that move, point and select together; or one map of their difference.
import { lazy, type RefObject, Suspense, useMemo, useRef, useState } from 'react';
import type { ComparisonAnswer } from '../../api/comparison';
import type { Log } from '../../api/types';
import { useFormats } from '../../format';
import type { Compared, Side } from '../../pictures/process-map/compared';
import type { Arrow, MapItem } from '../../pictures/process-map/graph';
import type { Looks } from '../../pictures/process-map/looks';
import {
  type MapHandle,
  type MapWords,
  type Pointed,
  ProcessMap,
} from '../../pictures/process-map/ProcessMap';
import { placeLink } from '../../pictures/process-map/placeLink';
import type { ScalePart } from '../../pictures/process-map/tone';
import { useText } from '../../text/useText';
import { useSize } from '../explore/useSize';
import type { Colours } from '../map/useColours';
import { measure, type Scene } from '../map/useScene';
import styles from './Compare.module.css';
import { itemWords } from './itemWords';
import { SideMark } from './SideMark';
import type { ComparedLooks } from './useComparedLooks';

/** Loaded when something is pointed at. */
const Tip = lazy(async () => ({ default: (await import('./Tip')).Tip }));

const NOTHING = { width: 0, height: 0 };
const INSETS = {
  top: 18,
  right: 18,
  bottom: 18,
  left: 18,
  topLeft: NOTHING,
  bottomLeft: NOTHING,
  topRight: NOTHING,
};

export type View = 'sides' | 'difference' | 'table';

interface MapsProps {
  log: Log;
  answer: ComparisonAnswer;
  view: View;
  metric: Compared;
  /** The side that is seen where there is room for one. */
  side: Side;
  looks: ComparedLooks;
  colours: Colours;
  scene: Scene;
  arrows: Arrow[];
  selected: MapItem | null;
  part: ScalePart | null;
  maps: [RefObject<MapHandle | null>, RefObject<MapHandle | null>];
  isBusy: boolean;
  onSelect: (item: MapItem | null) => void;
}

export function Maps(props: MapsProps) {
  const { view, looks, arrows, maps } = props;
  const [link] = useState(placeLink);
  const [hovered, setHovered] = useState<{ at: Side; item: MapItem } | null>(null);
  if (view === 'difference') {
    return (
      <div className={styles.maps} data-busy={props.isBusy}>
        <OneMap {...props} map={maps[0]} looks={looks.difference} arrows={arrows} />
      </div>
    );
  }
  return (
    <div className={styles.maps} data-sides="" data-seen={props.side} data-busy={props.isBusy}>
      {(['a', 'b'] as const).map((side, idx) => (
        <OneMap
          key={side}
          {...props}
          of={side}
          map={maps[idx === 0 ? 0 : 1]}
          looks={looks.sides.looks[side]}
          arrows={looks.sides.arrows[side]}
          link={link}
          pointedBeside={hovered && hovered.at !== side ? hovered.item : null}
          onHover={(item) => setHovered(item && { at: side, item })}
        />
      ))}
    </div>
  );
}

interface OneMapProps extends Omit<MapsProps, 'looks' | 'maps'> {
  /** The side; missing on the map of differences. */
  of?: Side;
  map: RefObject<MapHandle | null>;
  looks: Looks;
  link?: ReturnType<typeof placeLink>;
  pointedBeside?: MapItem | null;
  onHover?: (item: MapItem | null) => void;
}

function OneMap(props: OneMapProps) {
  const { of, map, looks, arrows, scene, colours, selected, part, answer, onHover } = props;
  const text = useText();
  const stage = useRef<HTMLDivElement>(null);
  const size = useSize(stage);
  const [pointed, setPointed] = useState<Pointed | null>(null);
  const words = useWords(props);
  const activities = useMemo(() => scene.graph.activities.map((one) => one.activity), [scene]);
  const hover = useRef(onHover);
  hover.current = onHover;
  // What changes with every step would make the picture anew.
  const [tellHover] = useState(() => (item: MapItem | null) => hover.current?.(item));
  return (
    <div className={styles.map} data-side={of}>
      <p className={styles.mapName}>
        {of ? (
          <>
            <SideMark side={of} />
            <span>{text('compare.map.cases', { cases: answer[of].cases })}</span>
          </>
        ) : (
          text('compare.map.difference')
        )}
      </p>
      <div ref={stage} className={styles.picture}>
        <ProcessMap
          ref={map}
          layout={scene.layout}
          colours={colours.picture}
          insets={INSETS}
          {...{ activities, arrows, looks, words, selected, part, measure }}
          link={props.link}
          pointedBeside={props.pointedBeside ?? null}
          onHover={tellHover}
          onSelect={props.onSelect}
          onPoint={setPointed}
          onMenu={props.onSelect}
        />
        <Suspense>{pointed && <Tip pointed={pointed} answer={answer} stage={size} />}</Suspense>
      </div>
    </div>
  );
}

/** What screen readers say. */
function useWords({ of, answer, arrows, looks, log, metric }: OneMapProps): MapWords {
  const text = useText();
  const format = useFormats();
  return useMemo(() => {
    const byName = new Map(answer.activities.map((one) => [one.activity, one]));
    const paths = arrows.filter((arrow) => arrow.path).length;
    const counts = { log: log.name, activities: answer.activities.length, paths };
    const say = itemWords(text, format);
    return {
      start: text('map.start'),
      end: text('map.end'),
      role: text('map.role'),
      summary: of
        ? text('compare.map.summary', {
            ...counts,
            side: text(`compare.side.${of}`),
            cases: answer[of].cases,
          })
        : text('compare.map.summary.difference', counts),
      ofActivity: (activity) => {
        const one = byName.get(activity);
        const shown = looks.activities.get(activity)?.value ?? '';
        return one ? say(activity, shown, one, metric) : activity;
      },
    };
  }, [of, answer, arrows, looks, log, metric, text, format]);
}
