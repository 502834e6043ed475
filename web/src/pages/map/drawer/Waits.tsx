// How the times of an activity or a path are distributed; a range of them becomes a filter.
import { Button } from '@mantine/core';
import { useMemo, useState } from 'react';
import type { MapScope, NeighboursAnswer, WaitDistribution } from '../../../api/drawer';
import type { DurationBin } from '../../../api/throughput';
import { useFormats } from '../../../format';
import { Histogram } from '../../../pictures/chart/Histogram';
import type { Range } from '../../../pictures/chart/range';
import type { MapItem } from '../../../pictures/process-map/graph';
import { useText } from '../../../text/useText';
import { BinTable } from '../../explore/BinTable';
import { casesIn } from '../../explore/bins';
import { CasesLink } from '../../explore/CasesLink';
import { axisWords } from '../../explore/useDuration';
import type { Limits } from '../../targets/targets';
import styles from './Drawer.module.css';
import { Section } from './Section';
import { asOnMap, type Filter, goes, waits } from './scope';

interface WaitsProps {
  item: MapItem;
  answer: NeighboursAnswer;
  scope: MapScope;
  /** The targets of these times. */
  limits: Limits;
  onFilter: (filter: Filter) => void;
}

export function Waits({ item, answer, scope, limits, onFilter }: WaitsProps) {
  const text = useText();
  if (item.kind === 'path') {
    const filterOf = (range: Range) =>
      goes([item.from], [item.to], scope, waits(range.from, range.to));
    return answer.wait ? (
      <Times
        id="wait"
        title={text('map.selection.time.path')}
        times={answer.wait}
        limit={limits.path}
        {...{ scope, filterOf, onFilter }}
      />
    ) : null;
  }
  const ofWork = ({ from, to }: Range): Filter => {
    const { after_s, within_s } = waits(from, to);
    const bounds = { ...(after_s !== undefined && { min_s: after_s }), max_s: within_s };
    return { kind: 'activity_time', activities: [item.activity], measure: 'work', ...bounds };
  };
  const next = answer.goes_to.activities.map((one) => one.activity);
  const filterOf = (range: Range) =>
    goes([item.activity], next, scope, waits(range.from, range.to));
  return (
    <>
      {answer.processing && (
        <Times
          id="own"
          title={text('map.selection.time.own')}
          times={answer.processing}
          limit={limits.work}
          filterOf={ofWork}
          {...{ scope, onFilter }}
        />
      )}
      <Times
        id="next"
        title={text('map.selection.time.wait')}
        times={answer.goes_to.wait}
        limit={limits.wait}
        filterOf={next.length === answer.goes_to.total ? filterOf : null}
        {...{ scope, onFilter }}
      />
    </>
  );
}

interface TimesProps {
  id: string;
  title: string;
  times: WaitDistribution;
  /** The target, in seconds. */
  limit: number | undefined;
  scope: MapScope;
  /** What keeps the cases of a range; missing where not all neighbours are known. */
  filterOf: ((range: Range) => Filter) | null;
  onFilter: (filter: Filter) => void;
}

function Times(props: TimesProps) {
  const { id, title, times, scope, filterOf } = props;
  const text = useText();
  const bins = useMemo(
    () => times.bins.map(({ count, ...edges }) => ({ ...edges, cases: count })),
    [times.bins],
  );
  if (times.bins.length === 0 || !times.duration_s) return null;
  const hint = text('map.times.hint', { count: times.count });
  return (
    <Section id={id} title={title} hint={hint} hasTable>
      {({ width, isTable, isLarge }) =>
        isTable ? (
          <BinTable
            {...{ title, bins }}
            words={{
              from: text('map.times.from'),
              to: text('map.times.to'),
              count: text('map.selection.passes'),
            }}
            casesOf={(range) => filterOf && asOnMap(filterOf(range), scope)}
          />
        ) : (
          <Picture {...props} {...{ bins, width }} height={isLarge ? 280 : 150} />
        )
      }
    </Section>
  );
}

interface PictureProps extends TimesProps {
  bins: DurationBin[];
  width: number;
  height: number;
}

function Picture(props: PictureProps) {
  const { title, times, bins, limit, scope, filterOf, onFilter, width, height } = props;
  const text = useText();
  const format = useFormats();
  const [range, setRange] = useState<Range | null>(null);
  const marks = times.duration_s
    ? [{ at: times.duration_s.median, label: text('map.metric.median') }]
    : [];
  const [first, last] = [bins[0]?.from_s ?? 0, bins.at(-1)?.to_s ?? 0];
  // A target beyond the picture has no line in it.
  if (limit !== undefined && first <= limit && limit <= last) {
    marks.push({ at: limit, label: text('map.target') });
  }
  const filter = range && filterOf?.(range);
  return (
    <>
      <Histogram
        bins={bins}
        width={width}
        height={height}
        marks={marks}
        range={range}
        onRange={setRange}
        onPoint={() => {}}
        words={{
          summary: title,
          from: text('map.times.from'),
          to: text('map.times.to'),
          ...axisWords(format),
        }}
      />
      <div className={styles.buttons} aria-live="polite">
        {range && (
          <span>
            {text('map.times.range', {
              count: casesIn(bins, range),
              from: format.duration(range.from),
              to: format.duration(range.to),
            })}
          </span>
        )}
        {filter && (
          <>
            <Button size="compact-xs" onClick={() => onFilter(filter)}>
              {text('explore.keep')}
            </Button>
            <CasesLink and={asOnMap(filter, scope)}>{text('explore.show')}</CasesLink>
          </>
        )}
        {!range && filterOf && <span className={styles.few}>{text('map.times.mark')}</span>}
      </div>
    </>
  );
}
