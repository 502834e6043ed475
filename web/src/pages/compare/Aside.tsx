// Beside the maps: what the colours mean, how much is shown, and what is selected or differs most.
import { Button, Tooltip } from '@mantine/core';
import type { ComparisonAnswer } from '../../api/comparison';
import { useFormats } from '../../format';
import type { Compared } from '../../pictures/process-map/compared';
import { sideGraph } from '../../pictures/process-map/compared';
import type { MapItem } from '../../pictures/process-map/graph';
import { hasOwnTimes } from '../../pictures/process-map/metrics';
import type { ScalePart } from '../../pictures/process-map/tone';
import { useLoaded } from '../../shell/useLoaded';
import { useText } from '../../text/useText';
import { LabelledSlider } from '../map/LabelledSlider';
import { Legend } from '../map/Legend';
import type { Colours } from '../map/useColours';
import type { Sliders } from '../map/useSliders';
import { writer } from '../map/write';
import styles from './Compare.module.css';
import { DifferenceLegend } from './DifferenceLegend';
import { Largest } from './Largest';
import type { View } from './Maps';
import type { Sides } from './sides';
import type { ComparedLooks } from './useComparedLooks';

/** Loaded when something is selected. */
const loadFigures = () => import('./ItemFigures');

interface AsideProps {
  answer: ComparisonAnswer;
  view: View;
  metric: Compared;
  looks: ComparedLooks;
  colours: Colours;
  sliders: Sliders;
  selected: MapItem | null;
  sides: Sides;
  part: ScalePart | null;
  /** Whether activities are hidden, so that a path is not one of whole cases. */
  isProjected: boolean;
  onPart: (part: ScalePart | null) => void;
  onSelect: (item: MapItem | null) => void;
  onActivities: (value: number) => void;
  onPaths: (value: number) => void;
  onAuto: () => void;
}

export function Aside(props: AsideProps) {
  const { answer, view, metric, looks, sliders, selected, part, onPart, onSelect } = props;
  const text = useText();
  const format = useFormats();
  const { activities, paths } = sliders;
  const item = useLoaded(selected ? loadFigures : null);
  return (
    <aside className={styles.aside} aria-label={text('map.detail')}>
      {view === 'difference' ? (
        <DifferenceLegend
          domain={looks.difference.activityDomain}
          steps={looks.steps}
          {...{ metric, part, onPart }}
        />
      ) : (
        <div className={styles.legend}>
          <Legend
            metric={metric === 'share' ? 'share' : 'median'}
            looks={looks.sides.looks.a}
            colours={props.colours}
            write={writer(format, text)}
            hasOwnTimes={hasOwnTimes(sideGraph(answer, 'a'))}
            attribute={undefined}
            hasStubs={sliders.arrows.some((arrow) => arrow.isStub)}
            {...{ part, onPart }}
          />
          <p className={styles.hint}>{text('compare.legend.same')}</p>
        </div>
      )}
      <section className={`${styles.section} not-printed`}>
        <div className={styles.sectionHead}>
          <h2 className={styles.sectionTitle}>{text('map.detail')}</h2>
          <Tooltip label={text('map.detail.auto.hint')}>
            <Button size="compact-xs" variant="default" onClick={props.onAuto}>
              {text('map.detail.auto')}
            </Button>
          </Tooltip>
        </div>
        <LabelledSlider
          name={text('map.detail.activities')}
          state={activities}
          words={text('map.detail.activities.words', { ...activities })}
          onEnd={props.onActivities}
        />
        <LabelledSlider
          name={text('map.detail.paths')}
          state={paths}
          words={text('map.detail.paths.words', {
            ...paths,
            share: format.percent(sliders.coverage < 1 ? Math.min(sliders.coverage, 0.999) : 1),
          })}
          onMove={sliders.movePaths}
          onEnd={props.onPaths}
        />
        {props.isProjected && <p className={styles.hint}>{text('map.detail.projected')}</p>}
      </section>
      {selected && item ? (
        <item.ItemFigures
          {...{ answer, selected, onSelect }}
          sides={props.sides}
          isProjected={props.isProjected}
        />
      ) : (
        <Largest {...{ answer, metric, onSelect }} />
      )}
    </aside>
  );
}
