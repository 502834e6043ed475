// The funnel as a picture or a table, and the stage that is looked at.
import { type ReactNode, useRef } from 'react';
import type { FunnelOfVersion } from '../../api/funnel';
import { useFormats } from '../../format';
import { FunnelPicture } from '../../pictures/funnel/Funnel';
import { useRichText, useText } from '../../text/useText';
import { Card } from '../explore/Card';
import { CasesLink } from '../explore/CasesLink';
import { inPeriod } from '../explore/filters';
import { usePeriodName } from '../explore/usePeriodName';
import { useSize } from '../explore/useSize';
import { barsOf, useWords } from './bars';
import styles from './Funnel.module.css';
import type { FunnelViewProps } from './FunnelView';
import { Legend } from './Legend';
import { type Funnel, nowhere } from './places';
import { StageDetail } from './StageDetail';
import { StageTable } from './StageTable';
import type { FunnelSearch } from './search';

interface PictureCardProps {
  answer: FunnelOfVersion;
  funnel: Funnel;
  ends: string[];
  search: FunnelSearch;
  filters: unknown[];
  onSearch: FunnelViewProps['onSearch'];
  onFilters: (filters: unknown[]) => void;
}

export function PictureCard(props: PictureCardProps) {
  const { answer, funnel, ends, search, filters, onSearch, onFilters } = props;
  const text = useText();
  const rich = useRichText();
  const format = useFormats();
  const frame = useRef<HTMLDivElement>(null);
  const { width } = useSize(frame);
  const words = useWords(search.value);
  const length = search.length ?? 'month';
  const nameOf = usePeriodName(length);
  const { stages, cases, outside_cases } = answer.funnel;
  const stage = stages.find((one) => one.stage === search.stage) ?? mostStops(stages);
  const isTable = search.table ?? false;
  const onSelect = (name: string) => onSearch({ stage: name }, { replace: true });
  const period = search.cohort && nameOf(search.cohort);
  const links = {
    link: (parts: ReactNode[]) => <CasesLink key="cases">{parts}</CasesLink>,
    none: (parts: ReactNode[]) => (
      <CasesLink key="none" and={[nowhere(funnel)]}>
        {parts}
      </CasesLink>
    ),
  };
  const coverage = period
    ? rich('funnel.coverage.period', { cases, period, outside: outside_cases, ...links })
    : rich('funnel.coverage', { cases, outside: outside_cases, ...links });
  if (cases === 0) {
    return (
      <Card title={text('funnel.picture')}>
        <p className={styles.hint}>{text('funnel.cohort.nobody', { period: period ?? '' })}</p>
      </Card>
    );
  }
  const title = text('funnel.picture');
  return (
    <Card
      title={title}
      coverage={coverage}
      isTable={isTable}
      onTable={(on) => onSearch({ table: on || undefined }, { replace: true })}
    >
      <div className={styles.columns} data-table={isTable || undefined}>
        <div ref={frame} className={styles.picture}>
          {isTable ? (
            <StageTable
              {...{ answer, funnel, ends, onSelect }}
              earlier={
                search.against
                  ? [...filters, inPeriod('starts', search.against, length)]
                  : undefined
              }
              selected={stage?.stage}
              value={search.value}
            />
          ) : (
            <>
              {width > 0 && (
                <FunnelPicture
                  bars={barsOf(answer, words)}
                  width={width}
                  selected={stage?.stage ?? null}
                  onSelect={onSelect}
                  label={text(stages.length === 1 ? 'funnel.picture.one' : 'funnel.picture.label', {
                    count: stages.length,
                    cases: stages[0]?.cases ?? 0,
                    last: stages[stages.length - 1]?.stage ?? '',
                    share: format.percent(stages[stages.length - 1]?.from_start ?? 0),
                    order: funnel.order,
                  })}
                />
              )}
              <Legend
                hasEnds={ends.length > 0}
                value={search.value}
                earlier={search.against && answer.earlier ? nameOf(search.against) : undefined}
              />
            </>
          )}
        </div>
        {stage && (
          <StageDetail
            {...{ answer, funnel, ends, filters, onFilters, stage }}
            value={search.value}
            isChosen={stage.stage === search.stage}
          />
        )}
      </div>
    </Card>
  );
}

/** Where nobody has chosen, the stage at which most cases stop is the one to look at. */
function mostStops(stages: FunnelOfVersion['funnel']['stages']) {
  const stops = (stage: (typeof stages)[number]) => stage.drop_off?.cases ?? 0;
  return stages.reduce(
    (most, stage) => (most === undefined || stops(stage) > stops(most) ? stage : most),
    undefined as (typeof stages)[number] | undefined,
  );
}
