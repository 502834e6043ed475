// How much of the process is shown: two sliders, and what they leave out.
import { Anchor, Button, SegmentedControl, Switch, Tooltip } from '@mantine/core';
import { ArrowDown, ArrowRight } from 'lucide-react';
import type { ReactNode } from 'react';
import { useFormats } from '../../format';
import type { Direction } from '../../pictures/process-map/layout';
import { useText } from '../../text/useText';
import { LabelledSlider, type SliderState } from './LabelledSlider';
import styles from './Panel.module.css';
import { shareOf } from './share';

interface DetailProps {
  activities: SliderState;
  paths: SliderState;
  coverage: number;
  /** Of which the paths on the map are this share. */
  transitions: number;
  /** Paths that are drawn; fewer than shown when there are too many. */
  drawn: number;
  isAuto: boolean;
  rare: boolean;
  direction: Direction;
  /** Auxiliary activities that are left out; 0 when the log has none, or they are shown. */
  auxiliaryCount: number;
  /** Their events. */
  auxiliaryEvents: number;
  auxiliary: boolean;
  onActivities: (value: number) => void;
  /** While the slider moves, and when it is let go. */
  onPathsMove: (value: number) => void;
  onPaths: (value: number) => void;
  onAuto: () => void;
  onTable: () => void;
  onRare: (rare: boolean) => void;
  onDirection: (direction: Direction) => void;
  onAuxiliary: (auxiliary: boolean) => void;
  /** What else is set here. */
  foot: ReactNode;
}

export function Detail(props: DetailProps) {
  const { activities, paths, coverage, drawn, rare, direction } = props;
  const text = useText();
  const format = useFormats();
  const share = shareOf(coverage, format.percent);
  const isWhole = props.auxiliary || props.auxiliaryCount === 0;
  const isExact = isWhole && activities.shown === activities.count && drawn === paths.count;
  return (
    <section className={styles.section}>
      <div className={styles.head}>
        <h2 className={styles.title}>{text('map.detail')}</h2>
        <Tooltip label={text('map.detail.auto.hint')}>
          <Button
            size="compact-xs"
            variant={props.isAuto ? 'light' : 'default'}
            aria-pressed={props.isAuto}
            onClick={props.onAuto}
          >
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
        words={text('map.detail.paths.words', { ...paths, share })}
        onMove={props.onPathsMove}
        onEnd={props.onPaths}
      />
      <p className={styles.hint}>
        {text('map.detail.coverage', { share, count: props.transitions })}
      </p>
      {isExact && <p className={styles.hint}>{text('map.detail.exact')}</p>}
      {activities.shown < activities.count && (
        <p className={styles.hint}>{text('map.detail.projected')}</p>
      )}
      {drawn < paths.shown && (
        <p className={styles.warning}>
          {text(rare ? 'map.detail.many.rare' : 'map.detail.many', {
            count: paths.shown,
            shown: drawn,
          })}{' '}
          <Anchor component="button" type="button" inherit onClick={props.onTable}>
            {text('map.big.table')}
          </Anchor>
        </p>
      )}
      <p className="only-read-aloud" aria-live="polite">
        {text('map.detail.live', {
          activities: activities.shown,
          allActivities: activities.count,
          paths: drawn,
          allPaths: paths.count,
          share,
        })}
      </p>
      <Tooltip label={text('map.detail.rare.hint')} multiline w={220}>
        <div className={styles.row}>
          <Switch
            size="xs"
            label={text('map.detail.rare')}
            checked={rare}
            onChange={(event) => props.onRare(event.currentTarget.checked)}
          />
        </div>
      </Tooltip>
      {(props.auxiliary || props.auxiliaryCount > 0) && (
        <div className={styles.row}>
          <Switch
            size="xs"
            label={
              props.auxiliary
                ? text('map.detail.auxiliary.shown')
                : text('map.detail.auxiliary', { count: props.auxiliaryCount })
            }
            styles={{ description: { fontSize: 'var(--text-12)' } }}
            description={
              props.auxiliary
                ? text('map.detail.auxiliary.shown.hint')
                : text('map.detail.auxiliary.hint', { events: props.auxiliaryEvents })
            }
            checked={props.auxiliary}
            onChange={(event) => props.onAuxiliary(event.currentTarget.checked)}
          />
        </div>
      )}
      <div className={styles.row}>
        <span className={styles.label}>{text('map.detail.direction')}</span>
        <SegmentedControl
          size="xs"
          aria-label={text('map.detail.direction')}
          value={direction}
          onChange={(value) => props.onDirection(value === 'LR' ? 'LR' : 'TB')}
          data={[
            { value: 'TB', label: <Way icon={ArrowDown} name={text('map.detail.direction.TB')} /> },
            {
              value: 'LR',
              label: <Way icon={ArrowRight} name={text('map.detail.direction.LR')} />,
            },
          ]}
        />
      </div>
      {props.foot}
    </section>
  );
}

function Way({ icon: Icon, name }: { icon: typeof ArrowDown; name: string }) {
  return (
    <span title={name} className={styles.way}>
      <Icon size={14} aria-hidden />
      <span className="only-read-aloud">{name}</span>
    </span>
  );
}
